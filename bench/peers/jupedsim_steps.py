"""Single steps of JuPedSim's models from given states, for test/reference/jupedsim/steps.json: python3 bench/peers/jupedsim_steps.py > FILE

A room of 12 m x 8 m without obstacles, 60 people, target (11.75, 4). For each model the states before steps 1, 30 and 150 are written with the
velocity of that step: columns x, y, velocity before (2), orientation before (2), velocity after (2).
"""
import json
import math
import random
import sys
from importlib.metadata import version

try:
    import jupedsim as jps
    import shapely
except ImportError:
    sys.exit(1)

DT, PEOPLE, WIDTH, DEPTH = 0.01, 60, 12.0, 8.0
TARGET = (11.75, 4.0)
MODELS = {
    "collision-free-speed": (jps.CollisionFreeSpeedModel, jps.CollisionFreeSpeedModelAgentParameters, 0.2, {}),
    "anticipation-velocity": (jps.AnticipationVelocityModel, jps.AnticipationVelocityModelAgentParameters, 0.2, {}),
    "social-force": (jps.SocialForceModel, jps.SocialForceModelAgentParameters, 0.3, {"orientation": (1.0, 0.0)}),
}


def places(radius, draw):
    """Random places without overlap; every fifth person stands against the lower or the upper wall."""
    found = []
    while len(found) < PEOPLE:
        x, y = draw.uniform(0.5, WIDTH - 2), draw.uniform(0.5, DEPTH - 0.5)
        if len(found) % 5 == 0:
            y = radius + draw.uniform(0.002, 0.15)
            y = DEPTH - y if len(found) % 2 else y
        if all(math.dist((x, y), other) > 2 * radius + 0.01 for other in found):
            found.append((x, y))
    return found


def states(name):
    model, parameters, radius, more = MODELS[name]
    simulation = jps.Simulation(model=model(), geometry=shapely.box(0, 0, WIDTH, DEPTH), dt=DT)
    x, y = TARGET
    exit_id = simulation.add_exit_stage(shapely.box(x - 0.25, y - 1, x + 0.25, y + 1))
    journey = simulation.add_journey(jps.JourneyDescription([exit_id]))
    draw = random.Random(7)
    ids = [
        simulation.add_agent(parameters(position=place, journey_id=journey, stage_id=exit_id, **more))
        for place in places(radius, draw)
    ]
    velocity = {i: (0.0, 0.0) for i in ids}
    rows = []
    for step in range(150):
        before = {a.id: (a.position, a.orientation) for a in simulation.agents()}
        simulation.iterate(1)
        after = {a.id: a.position for a in simulation.agents()}
        moved = {i: ((after[i][0] - p[0]) / DT, (after[i][1] - p[1]) / DT) for i, (p, _) in before.items() if i in after}
        if step in (0, 29, 149):
            rows.append([[round(v, 9) for v in (*p, *velocity[i], *o, *moved[i])] for i, (p, o) in before.items() if i in after])
        velocity = moved
    return rows


print(json.dumps({"source": f"JuPedSim {version('jupedsim')} (LGPL-3.0), bench/peers/jupedsim_steps.py; numbers only", "dt": DT,
                  "room": [WIDTH, DEPTH], "target": TARGET, "models": {name: {"radius": MODELS[name][2], "states": states(name)} for name in MODELS}},
                 separators=(",", ":")))

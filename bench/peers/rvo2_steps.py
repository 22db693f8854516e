"""Single steps of RVO2, the library of ORCA's authors, for test/reference/rvo2/steps.json: python3 bench/peers/rvo2_steps.py > FILE

RVO2 2.0.3 as pyrvo 0.4.3 binds it (`pip install pyrvo`, Apache 2.0). 60 people of radius 0.2 m, half of them bound for each side, step 0.1 s, parameters of
RVO2's examples with obstacles: neighbours within 15 m and 10 at most, horizons 5 s, 2 m/s at most, wish 1.2 m/s. "open": no obstacles; "room": the same in
a walled room of 12 m x 8 m. The states before steps 1, 15 and 30 with the velocity of that step: columns x, y, velocity before (2), wish (2), velocity after (2).
"""
import json
import math
import random
import sys
from importlib.metadata import version

try:
    import pyrvo
except ImportError:
    sys.exit(1)

DT, PEOPLE, WIDTH, DEPTH, RADIUS, SPEED = 0.1, 60, 12.0, 8.0, 0.2, 1.2
STATES = (0, 14, 29)


def states(walled):
    simulation = pyrvo.RVOSimulator(DT, 15.0, 10, 5.0, 5.0, RADIUS, 2.0)
    if walled:
        # Clockwise: people are inside.
        simulation.add_obstacle([(WIDTH, 0.0), (WIDTH, DEPTH), (0.0, DEPTH), (0.0, 0.0)][::-1])
        simulation.process_obstacles()
    draw = random.Random(7)
    places = []
    while len(places) < PEOPLE:
        place = (draw.uniform(0.5, WIDTH - 0.5), draw.uniform(0.5, DEPTH - 0.5))
        if all(math.dist(place, other) > 2 * RADIUS + 0.05 for other in places):
            places.append(place)
    for place in places:
        simulation.add_agent(place)
    goals = [(WIDTH - 0.7 if k % 2 else 0.7, y) for k, (_, y) in enumerate(places)]
    rows = []
    for step in range(max(STATES) + 1):
        before = []
        for k in range(PEOPLE):
            p, v = simulation.get_agent_position(k), simulation.get_agent_velocity(k)
            dx, dy = goals[k][0] - p.x, goals[k][1] - p.y
            d = math.hypot(dx, dy)
            wish = (SPEED * dx / d, SPEED * dy / d) if d > 0.3 else (0.0, 0.0)
            simulation.set_agent_pref_velocity(k, wish)
            before.append((p.x, p.y, v.x, v.y, *wish))
        simulation.do_step()
        if step in STATES:
            after = [simulation.get_agent_velocity(k) for k in range(PEOPLE)]
            rows.append([[round(value, 7) for value in (*row, v.x, v.y)] for row, v in zip(before, after)])
    return rows


print(json.dumps({
    "source": f"RVO2 2.0.3 (pyrvo {version('pyrvo')}), bench/peers/rvo2_steps.py",
    "dt": DT, "radius": RADIUS, "room": [WIDTH, DEPTH], "states": {"open": states(False), "room": states(True)},
}, separators=(",", ":")))

"""States of JuPedSim's anticipation velocity model before a door, for test/reference/jupedsim/door.json: python3 bench/peers/jupedsim_door.py > FILE

The bottleneck of jupedsim_bottleneck.py, 100 people, 1.2 m, seed 1. The states before the steps at 10, 30 and 50 s: columns x, y, velocity before (2),
orientation before (2), wished direction (2, from JuPedSim's own way points), velocity of the step (2).
"""
import json
import math

import jupedsim as jps
import shapely
from jupedsim_bottleneck import DT, MODELS, ROOM, lattice

NAME, PEOPLE, WIDTH, SEED = "anticipation-velocity", 100, 1.2, 1
model, parameters, density, least, radius, speed, more = MODELS[NAME]
depth = PEOPLE / (ROOM * density)
x1, middle = depth + 1.0, ROOM / 2
area = shapely.union_all([
    shapely.box(0, 0, x1, ROOM),
    shapely.box(x1 - 0.01, middle - WIDTH / 2, x1 + 1.01, middle + WIDTH / 2),
    shapely.box(x1 + 1, 0, x1 + 7, ROOM),
])
simulation = jps.Simulation(model=model(), geometry=area, dt=DT)
exit_id = simulation.add_exit_stage(shapely.box(x1 + 5, middle - 2, x1 + 7, middle + 2))
journey = simulation.add_journey(jps.JourneyDescription([exit_id]))
for place in lattice(0.3, 0.3, depth, ROOM - 0.3, PEOPLE, SEED, least):
    simulation.add_agent(parameters(position=place, journey_id=journey, stage_id=exit_id, **more))
routing = jps.RoutingEngine(area)


def positions():
    return {agent.id: agent.position for agent in simulation.agents()}


def speeds(before, after):
    return {i: ((after[i][0] - p[0]) / DT, (after[i][1] - p[1]) / DT) for i, p in before.items() if i in after}


def wish(place):
    _, (x, y), *_ = routing.compute_waypoints(place, (x1 + 6, middle))
    d = math.dist((x, y), place)
    return ((x - place[0]) / d, (y - place[1]) / d)


states, before_last = [], {}
for seconds in (10, 30, 50):
    while simulation.elapsed_time() < seconds - DT / 2:
        before = positions()
        simulation.iterate(1)
        before_last = speeds(before, positions())
    state = {agent.id: (agent.position, agent.orientation) for agent in simulation.agents()}
    simulation.iterate(1)
    moved = speeds({i: p for i, (p, _) in state.items()}, positions())
    states.append([[round(v, 9) for v in (*p, *before_last[i], *o, *wish(p), *moved[i])] for i, (p, o) in state.items() if i in moved])

print(json.dumps({"source": f"JuPedSim {jps.__version__ if hasattr(jps, '__version__') else '1.4.2'} (LGPL-3.0), bench/peers/jupedsim_door.py; numbers only",
                  "dt": DT, "radius": radius, "speed": speed, "outline": list(area.exterior.coords), "states": states}, separators=(",", ":")))

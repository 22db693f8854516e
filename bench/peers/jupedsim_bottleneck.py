"""JuPedSim through a bottleneck: python3 jupedsim_bottleneck.py MODEL PEOPLE WIDTH SEED [SEED ...]; one line of JSON per seed.

A room of 10 m width, a bottleneck of 1 m length in the middle, 6 m beyond it an exit of 4 m; default parameters, step 0.01 s, people on a jittered lattice
at 2.5/m2 (social force model, whose bodies are larger: 1.2/m2). Each line has the outline, the triangles that directions come from and the start places, so that
another engine can walk the same people the same way.
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

DT, ROOM, LENGTH, EVERY = 0.01, 10.0, 1.0, 5
MODELS = {
    "collision-free-speed": (jps.CollisionFreeSpeedModel, jps.CollisionFreeSpeedModelAgentParameters, 2.5, 0.41, 0.2, 1.2, {}),
    "anticipation-velocity": (jps.AnticipationVelocityModel, jps.AnticipationVelocityModelAgentParameters, 2.5, 0.41, 0.2, 1.2, {}),
    "social-force": (jps.SocialForceModel, jps.SocialForceModelAgentParameters, 1.2, 0.62, 0.3, 0.8, {"orientation": (1.0, 0.0)}),
}


def lattice(x0, y0, x1, y1, count, seed, least):
    """Places on a lattice, each moved at random so that none comes nearer than `least` to another."""
    rows = max(1, round(math.sqrt(count * (y1 - y0) / (x1 - x0))))
    columns = math.ceil(count / rows)
    sx, sy = (x1 - x0) / columns, (y1 - y0) / rows
    jx, jy = (min(max(0, (s - least) / 2), 0.2) for s in (sx, sy))
    draw = random.Random(seed)
    found = [
        (x0 + (i + 0.5) * sx + draw.uniform(-jx, jx), y0 + (k + 0.5) * sy + draw.uniform(-jy, jy))
        for i in range(columns)
        for k in range(rows)
    ]
    draw.shuffle(found)
    return found[:count]


def walk(name, people, width, seed):
    model, parameters, density, least, radius, speed, more = MODELS[name]
    depth = people / (ROOM * density)
    x1, middle = depth + 1.0, ROOM / 2
    area = shapely.union_all([
        shapely.box(0, 0, x1, ROOM),
        shapely.box(x1 - 0.01, middle - width / 2, x1 + LENGTH + 0.01, middle + width / 2),
        shapely.box(x1 + LENGTH, 0, x1 + LENGTH + 6, ROOM),
    ])
    exit_box = (x1 + LENGTH + 4, middle - 2, x1 + LENGTH + 6, middle + 2)
    simulation = jps.Simulation(model=model(), geometry=area, dt=DT)
    exit_id = simulation.add_exit_stage(shapely.box(*exit_box))
    journey = simulation.add_journey(jps.JourneyDescription([exit_id]))
    start = lattice(0.3, 0.3, depth, ROOM - 0.3, people, seed, least)
    for place in start:
        simulation.add_agent(parameters(position=place, journey_id=journey, stage_id=exit_id, **more))
    line = x1 + LENGTH / 2
    over, crossings, fault = set(), [], None
    limit = 60 + 3 * people / width
    try:
        while simulation.agent_count() and simulation.elapsed_time() < limit:
            simulation.iterate(EVERY)
            now = simulation.elapsed_time()
            for agent in simulation.agents():
                if agent.position[0] > line and agent.id not in over:
                    over.add(agent.id)
                    crossings.append(now)
    except Exception as error:
        fault = str(error)[:200]
    routing = jps.RoutingEngine(area)
    vertices, triangles = routing.mesh()
    return {
        "peer": f"JuPedSim {version('jupedsim')}", "model": name, "people": people, "width": width, "seed": seed, "dt": DT, "every": EVERY,
        "radius": radius, "speed": speed, "limit": limit, "line": line, "exit": exit_box,
        "outline": list(area.exterior.coords), "vertices": vertices, "triangles": triangles, "start": start,
        "crossings": [round(t, 3) for t in crossings], "left": simulation.agent_count(), "time": round(simulation.elapsed_time(), 3), "fault": fault,
    }


if __name__ == "__main__":
  for seed in sys.argv[4:]:
      print(json.dumps(walk(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(seed))), flush=True)

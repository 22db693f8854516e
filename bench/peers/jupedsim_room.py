"""JuPedSim on the open room of the crowd bench: 20,000 people at 1.25/m2, one exit of 10 m, default models and parameters."""
import math
import random
import sys
import time
from importlib.metadata import version

try:
    import jupedsim as jps
    import shapely
except ImportError:
    sys.exit(1)

PEOPLE, DENSITY, STEPS, WARM_UP = 20_000, 1.25, 40, 5
MODELS = {
    "CollisionFreeSpeedModel": (jps.CollisionFreeSpeedModel, jps.CollisionFreeSpeedModelAgentParameters),
    "AnticipationVelocityModel": (jps.AnticipationVelocityModel, jps.AnticipationVelocityModelAgentParameters),
    # Its default radius of 0.3 m does not fit this lattice.
    "SocialForceModel": (jps.SocialForceModel, lambda **p: jps.SocialForceModelAgentParameters(orientation=(1.0, 0.0), radius=0.2, **p)),
}


def lattice(side):
    rows = round(math.sqrt(PEOPLE))
    columns = math.ceil(PEOPLE / rows)
    dx, dy = (side - 1) / columns, (side - 1) / rows
    jitter = min(0.2, (min(dx, dy) - 0.5) / 2)
    draw = random.Random(1)
    for k in range(PEOPLE):
        yield (
            0.5 + (k // rows + 0.5) * dx + draw.uniform(-jitter, jitter),
            0.5 + (k % rows + 0.5) * dy + draw.uniform(-jitter, jitter),
        )


for name, (model, parameters) in MODELS.items():
    side = math.sqrt(PEOPLE / DENSITY) + 1
    simulation = jps.Simulation(model=model(), geometry=shapely.box(0, 0, side, side), dt=0.01)
    exit_id = simulation.add_exit_stage(shapely.box(side - 0.5, side / 2 - 5, side, side / 2 + 5))
    journey = simulation.add_journey(jps.JourneyDescription([exit_id]))
    for place in lattice(side):
        simulation.add_agent(parameters(position=place, journey_id=journey, stage_id=exit_id))
    simulation.iterate(WARM_UP)
    before, begun = simulation.agent_count(), time.process_time()
    simulation.iterate(STEPS)
    mean = (before + simulation.agent_count()) / 2
    cost = 1e6 * (time.process_time() - begun) / STEPS / mean
    print(f"  JuPedSim {version('jupedsim')} {name}, step 0.01 s: {cost:.2f} us per agent-step")

"""PedPy on the sets of the measure bench: the work of bench/measure.ts, reading included. Argument: its list as JSON; prints JSON."""
import json
import pathlib
import sys
import time
import warnings
from importlib.metadata import version

import pedpy

warnings.filterwarnings("ignore")
PASSES = 4
UNITS = {"m": pedpy.TrajectoryUnit.METER, "cm": pedpy.TrajectoryUnit.CENTIMETER}


def read(work):
    file = pathlib.Path(work["file"])
    if file.suffix == ".h5":
        traj = pedpy.load_trajectory_from_ped_data_archive_hdf5(trajectory_file=file)
    elif work["frames"]:
        traj = pedpy.load_trajectory(
            trajectory_file=file, default_frame_rate=work["frame_rate"], default_unit=UNITS[work["unit"]]
        )
    else:
        traj = pedpy.load_trajectory(trajectory_file=file, default_unit=UNITS[work["unit"]])
    if work["frames"]:
        traj = pedpy.TrajectoryData(data=traj.data[traj.data.frame.between(*work["frames"])], frame_rate=traj.frame_rate)
    return traj


def measure(work):
    traj = read(work)
    walkable = pedpy.WalkableArea(work["walkable_area"])
    area = pedpy.MeasurementArea(work["measurement_area"])
    line = pedpy.MeasurementLine(work["measurement_line"])
    speed = pedpy.compute_individual_speed(
        traj_data=traj,
        frame_step=work["frame_step"],
        compute_velocity=True,
        speed_calculation=pedpy.SpeedCalculation.BORDER_SINGLE_SIDED,
    )
    pedpy.compute_classic_density(traj_data=traj, measurement_area=area)
    pedpy.compute_mean_speed_per_frame(traj_data=traj, measurement_area=area, individual_speed=speed)
    pedpy.get_invalid_trajectory(traj_data=traj, walkable_area=walkable)
    passed, crossings = pedpy.compute_n_t(traj_data=traj, measurement_line=line)
    pedpy.compute_flow(
        nt=passed,
        crossing_frames=crossings,
        individual_speed=speed,
        delta_frame=int(10 * traj.frame_rate),
        frame_rate=traj.frame_rate,
    )
    some = pedpy.TrajectoryData(data=traj.data[traj.data.frame % work["every"] == 0], frame_rate=traj.frame_rate)
    mean = None
    for cut_off in (None, pedpy.Cutoff(radius=0.8, quad_segments=3)):
        cells = pedpy.compute_individual_voronoi_polygons(traj_data=some, walkable_area=walkable, cut_off=cut_off)
        density, inside = pedpy.compute_voronoi_density(individual_voronoi_data=cells, measurement_area=area)
        pedpy.compute_voronoi_speed(
            traj_data=some, individual_voronoi_intersection=inside, individual_speed=speed, measurement_area=area
        )
        if cut_off is None:
            mean = density[density.frame % work["every"] == 0].density.mean()
    return float(mean)


works = json.loads(pathlib.Path(sys.argv[1]).read_text())
passes, densities = [], []
for _ in range(PASSES):
    begun = time.process_time()
    densities = [measure(work) for work in works]
    passes.append(time.process_time() - begun)
print(json.dumps(dict(version=version("PedPy"), passes=passes, densities=densities)))

"""Computes pedpy.json from the excerpts beside it (pip install pedpy==1.5.1). Takes no argument, writes the file in place."""
import gzip
import json
import pathlib
import tempfile
import warnings
from importlib.metadata import version

import numpy as np
import pedpy

warnings.filterwarnings("ignore")
HERE = pathlib.Path(__file__).parent
BORDER = pedpy.SpeedCalculation
CUT_OFF = pedpy.Cutoff(radius=0.8, quad_segments=3)


def number(value):
    return None if value is None or np.isnan(value) else float(value)


def series(frame):
    return {str(int(f)): number(v) for f, v in zip(frame.frame, frame[frame.columns[-1]])}


def cells(traj, speed, walkable, area, line, step, every, cut_off):
    some = pedpy.TrajectoryData(data=traj.data[traj.data.frame % every == 0], frame_rate=traj.frame_rate)
    polygons = pedpy.compute_individual_voronoi_polygons(traj_data=some, walkable_area=walkable, cut_off=cut_off)
    density, inside = pedpy.compute_voronoi_density(individual_voronoi_data=polygons, measurement_area=area)
    mean = pedpy.compute_voronoi_speed(
        traj_data=some, individual_voronoi_intersection=inside, individual_speed=speed, measurement_area=area
    )
    species = pedpy.compute_species(
        trajectory_data=traj, individual_voronoi_polygons=polygons, measurement_line=line, frame_step=step
    )
    at_line = dict(individual_voronoi_polygons=polygons, measurement_line=line, species=species)
    return dict(
        density=series(density[density.frame % every == 0]),
        speed=series(mean[mean.frame % every == 0]),
        line_density=series(pedpy.compute_line_density(**at_line)),
        line_speed=series(pedpy.compute_line_speed(**at_line, individual_speed=speed)),
        line_flow=series(pedpy.compute_line_flow(**at_line, individual_speed=speed)),
        species={str(int(i)): int(s) for i, s in zip(species.id, species.species) if s == s},
    )


def measure(name, reference):
    with tempfile.TemporaryDirectory() as folder:
        text = pathlib.Path(folder) / f"{name}.txt"
        text.write_bytes(gzip.decompress((HERE / f"{name}.txt.gz").read_bytes()))
        traj = pedpy.load_trajectory(trajectory_file=text)
    walkable = pedpy.WalkableArea(reference["walkable_area"])
    area = pedpy.MeasurementArea(reference["measurement_area"])
    line = pedpy.MeasurementLine(reference["measurement_line"])
    step, every = reference["frame_step"], reference["voronoi_every"]
    out = dict(reference)
    for key, border in (
        ("exclude", BORDER.BORDER_EXCLUDE),
        ("adaptive", BORDER.BORDER_ADAPTIVE),
        ("single_sided", BORDER.BORDER_SINGLE_SIDED),
    ):
        found = pedpy.compute_individual_speed(traj_data=traj, frame_step=step, speed_calculation=border).speed.dropna()
        out[f"speed_{key}"] = dict(count=len(found), sum=float(found.sum()), greatest=float(found.max()))
    single = dict(traj_data=traj, frame_step=step, speed_calculation=BORDER.BORDER_SINGLE_SIDED)
    speed = pedpy.compute_individual_speed(**single, compute_velocity=True)
    along = pedpy.compute_individual_speed(**single, movement_direction=np.array([0.0, -1.0])).speed
    out["speed_direction"] = dict(direction=[0, -1], sum=float(along.dropna().sum()), least=float(along.min()))
    out["classic_density"] = series(pedpy.compute_classic_density(traj_data=traj, measurement_area=area))
    out["mean_speed"] = series(
        pedpy.compute_mean_speed_per_frame(traj_data=traj, individual_speed=speed, measurement_area=area)
    )
    passed, crossings = pedpy.compute_n_t(traj_data=traj, measurement_line=line)
    out["crossings"] = [[int(i), int(f)] for i, f in zip(crossings.id, crossings.frame)]
    window = int(4 * traj.frame_rate)
    flow = pedpy.compute_flow(
        nt=passed, crossing_frames=crossings, individual_speed=speed, delta_frame=window, frame_rate=traj.frame_rate
    )
    out["flow_windows"] = dict(
        delta_frame=window, flow=[number(v) for v in flow.flow], mean_speed=[number(v) for v in flow.mean_speed]
    )
    for key, cut_off in (("voronoi", None), ("voronoi_cutoff", CUT_OFF)):
        out[key] = cells(traj, speed, walkable, area, line, step, every, cut_off)
    return out


INPUT = ("walkable_area", "measurement_area", "measurement_line", "frame_step", "voronoi_every")
FILE = HERE / "pedpy.json"
known = json.loads(FILE.read_text())
result = {"_meta": dict(pedpy=version("PedPy"), shapely=version("shapely"))}
for name, values in known.items():
    if name != "_meta":
        result[name] = measure(name, {key: values[key] for key in INPUT})
FILE.write_text(json.dumps(result, indent=0) + "\n")

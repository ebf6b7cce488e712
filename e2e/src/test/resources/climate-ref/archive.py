"""archive.py FOLDER MODEL...: writes what climate-ref's example provider needs into a folder, as CMIP6 names and describes it:
of each model the temperature of two years on four cells, warmer by a degree in the second, and the area of the cells."""

import pathlib
import sys

import numpy
import xarray

FACETS = {
    "activity_id": "CMIP",
    "institution_id": "TEST",
    "experiment_id": "historical",
    "variant_label": "r1i1p1f1",
    "grid_label": "gn",
}
# CMIP6 wants them, and nothing here reads them
OTHERS = {
    "branch_method": "none",
    "branch_time_in_child": 0.0,
    "branch_time_in_parent": 0.0,
    "experiment": "a test",
    "grid": "four cells",
    "nominal_resolution": "10000 km",
    "parent_activity_id": "none",
    "parent_experiment_id": "none",
    "parent_source_id": "none",
    "parent_time_units": "none",
    "parent_variant_label": "none",
    "product": "model-output",
    "realm": "atmos",
    "source_type": "AGCM",
    "sub_experiment": "none",
    "sub_experiment_id": "none",
}
CELLS = {"lat": [-45.0, 45.0], "lon": [90.0, 270.0]}


def write(folder, model, table, frequency, variable, array, time=""):
    name = "_".join([variable, table, model, "historical", "r1i1p1f1", "gn"]) + time + ".nc"
    facets = FACETS | OTHERS | {"source_id": model, "table_id": table, "frequency": frequency, "variable_id": variable}
    version = folder.joinpath("CMIP6", "CMIP", "TEST", model, "historical", "r1i1p1f1", table, variable, "gn", "v20200101")
    version.mkdir(parents=True)
    array.to_dataset(name=variable).assign_attrs(facets).to_netcdf(version / name)


months = xarray.date_range("2000-01-01", periods=24, freq="MS", calendar="noleap", use_cftime=True)
warm = numpy.repeat([280.0, 281.0], 12)[:, None, None] * numpy.ones((1, 2, 2))
temperature = xarray.DataArray(
    warm, {"time": months, **CELLS}, attrs={"standard_name": "air_temperature", "long_name": "temperature", "units": "K"}
)
area = xarray.DataArray(
    numpy.ones((2, 2)), CELLS, attrs={"standard_name": "cell_area", "long_name": "area", "units": "m2"}
)
for model in sys.argv[2:]:
    write(pathlib.Path(sys.argv[1]), model, "Amon", "mon", "tas", temperature, "_200001-200112")
    write(pathlib.Path(sys.argv[1]), model, "fx", "fx", "areacella", area)

#!/usr/bin/env python3
"""Writes the weights of three published networks as text, from the files of their authors.

    python3 convert.py FOLDER

FOLDER holds the downloaded files, named as in SOURCES. Pickled code is never run: of the two PyTorch checkpoints
only the index of tensors is read, with every other name refused; of the npz archive only numeric arrays. Numbers
are float32 and are written with nine digits, which gives them back exactly. Nothing but Python's own library is used.
"""

import ast
import collections
import hashlib
import io
import pathlib
import pickle
import struct
import sys
import zipfile

SOURCES = {
    # docs/notebooks/weights/saved_weights.npz of murraylab/PsychRNN
    "psychrnn_perceptual_discrimination.npz": "f3c2c34a03c870f1defb7f8a87a4382519a8a78ca5e49bd6536dd7c5bd9ead4f",
    # data/student_teacher/rdm_rnn_state_dict.pkl and reach_rnn_128_state_dict.pkl of mackelab/smc_rnns
    "lowrank_rdm_rnn_state_dict.pt": "fd86c855c1bbfdad07820b07333b68de582d01731a1aed2cbbd9f71277968112",
    "lowrank_reach_rnn_128_state_dict.pt": "0403d790b7b52f64580f4e07879e9f43d348ba32c46a057f18ba7e168419829b",
}
WANTED = {
    "psychrnn_perceptual_discrimination.npz": {"W_in": "input", "W_rec": "recurrent", "W_out": "output"},
    "lowrank_rdm_rnn_state_dict.pt": {"rnn.m": "m", "rnn.n": "n"},
    "lowrank_reach_rnn_128_state_dict.pt": {"rnn.m": "m", "rnn.n": "n"},
}
STEMS = {
    "psychrnn_perceptual_discrimination.npz": "psychrnn_decision",
    "lowrank_rdm_rnn_state_dict.pt": "lowrank_decision",
    "lowrank_reach_rnn_128_state_dict.pt": "lowrank_reach",
}


def npz_arrays(path, names):
    with zipfile.ZipFile(path) as archive:
        for name in names:
            data = archive.read(name + ".npy")
            assert data[:6] == b"\x93NUMPY" and data[6] == 1, name
            length = struct.unpack("<H", data[8:10])[0]
            header = ast.literal_eval(data[10 : 10 + length].decode("latin1"))
            assert header["descr"] == "<f4" and not header["fortran_order"], header
            rows, columns = header["shape"]
            yield name, rows, columns, struct.unpack("<%df" % (rows * columns), data[10 + length :])


class Index(pickle.Unpickler):
    """Reads the index of a PyTorch checkpoint: which storage, offset, shape and stride each tensor has."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, stride, *rest: (storage, offset, shape, stride)
        if (module, name) == ("torch", "FloatStorage"):
            return "float32"
        raise pickle.UnpicklingError("refused: %s.%s" % (module, name))

    def persistent_load(self, pid):
        assert pid[0] == "storage" and pid[1] == "float32", pid
        return pid[2]


def checkpoint_arrays(path, names):
    with zipfile.ZipFile(path) as archive:
        root = next(name for name in archive.namelist() if name.endswith("/data.pkl"))[: -len("data.pkl")]
        index = Index(io.BytesIO(archive.read(root + "data.pkl"))).load()
        for name in names:
            storage, offset, shape, stride = index[name]
            data = archive.read(root + "data/" + storage)
            values = struct.unpack("<%df" % (len(data) // 4), data)
            rows, columns = shape
            order = [offset + i * stride[0] + j * stride[1] for i in range(rows) for j in range(columns)]
            yield name, rows, columns, [values[at] for at in order]


def main(folder):
    here = pathlib.Path(__file__).parent
    for source, digest in SOURCES.items():
        path = pathlib.Path(folder) / source
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != digest:
            sys.exit("%s has the SHA-256 %s; expected %s" % (path, found, digest))
        read = npz_arrays if source.endswith(".npz") else checkpoint_arrays
        for name, rows, columns, values in read(path, WANTED[source]):
            target = here / ("%s_%s.csv" % (STEMS[source], WANTED[source][name]))
            lines = [",".join("%.9g" % v for v in values[i * columns : (i + 1) * columns]) for i in range(rows)]
            target.write_text("\n".join(lines) + "\n", encoding="ascii")
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            print("%s  %s  %d x %d" % (digest, target.name, rows, columns))


if __name__ == "__main__":
    main(sys.argv[1])

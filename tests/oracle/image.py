"""Numbers of PyTorch and SciPy for the module image.

    python tests/oracle/image.py tests/src/test/resources/oracle/image.npz
"""

import colorsys
import sys

import numpy as np
import torch
from scipy import ndimage

rng = np.random.default_rng(5)
image = rng.random((7, 10, 3)).astype(np.float32)
out = {"image": image}


def interpolate(size, mode, antialias):
    x = torch.from_numpy(image).permute(2, 0, 1)[None].requires_grad_()
    options = {} if mode == "nearest" else {"align_corners": False, "antialias": antialias}
    y = torch.nn.functional.interpolate(x, size=size, mode=mode, **options)
    (gradient,) = torch.autograd.grad((y * y).sum(), x)
    return tuple(v[0].permute(1, 2, 0).detach().numpy() for v in (y, gradient))


for mode in ("nearest", "bilinear", "bicubic"):
    for antialias in (False, True) if mode != "nearest" else (False,):
        for size in ((3, 4), (7, 21), (12, 5)):
            name = f"{mode}_{int(antialias)}_{size[0]}_{size[1]}"
            out[name], out["grad_" + name] = interpolate(size, mode, antialias)

# Not 90 degrees: pixels would come from halfway between two, of which "nearest" may take either.
for degrees in (10, -37, 88, 200):
    for mode, order in (("bilinear", 1), ("nearest", 0)):
        out[f"rotate_{mode}_{degrees}"] = np.stack(
            [ndimage.rotate(image[:, :, k].astype(np.float64), degrees, reshape=False, order=order,
                            mode="grid-constant", cval=0.25, prefilter=False) for k in range(3)], axis=2)

luma = image @ np.array([0.299, 0.587, 0.114])
out["gray"] = luma[:, :, None]
out["brightness"] = np.clip(image * 1.4, 0, 1)
out["contrast"] = np.clip(image * 1.5 - 0.5 * luma.mean(), 0, 1)
out["saturation"] = np.clip(image * 1.7 - 0.7 * luma[:, :, None], 0, 1)
hsv = [[colorsys.rgb_to_hsv(*pixel) for pixel in row] for row in image]
out["hue"] = np.array([[colorsys.hsv_to_rgb((h + 0.2) % 1, s, v) for h, s, v in row] for row in hsv])
mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
out["normalize"] = ((torch.from_numpy(image) - mean) / std).numpy()
np.savez_compressed(sys.argv[1], **{name: value.astype(np.float32) for name, value in out.items()})

// SPDX-License-Identifier: GPL-3.0-or-later
// A part of its own, sent along only when a project imports zod: parsing it costs more than a whole schema.
module.exports = {
  "zod": () => require("zod"),
  "zod/v3": () => require("zod/v3"),
  "zod/v4": () => require("zod/v4"),
  "zod/v4/core": () => require("zod/v4/core"),
  "zod/v4/mini": () => require("zod/v4/mini"),
  "zod/v4-mini": () => require("zod/v4-mini"),
  "zod/mini": () => require("zod/mini"),
};

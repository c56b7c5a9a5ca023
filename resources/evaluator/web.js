// SPDX-License-Identifier: GPL-3.0-or-later
// A part of its own, compiled when one of these globals is first used.
module.exports = {
  URL: () => require("core-js/actual/url"),
  URLSearchParams: () => require("core-js/actual/url-search-params"),
  atob: () => require("core-js/actual/atob"),
  btoa: () => require("core-js/actual/btoa"),
  structuredClone: () => require("core-js/actual/structured-clone"),
};

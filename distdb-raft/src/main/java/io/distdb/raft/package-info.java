// SPDX-License-Identifier: MIT
/** Consensus adapters, one package each. No class lives here itself; no adapter imports another. */
package io.distdb.raft;

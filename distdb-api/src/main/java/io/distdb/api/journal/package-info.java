// SPDX-License-Identifier: MIT
/** The Journal port: the one write-ahead log of a node, shared by all its groups. */
package io.distdb.api.journal;

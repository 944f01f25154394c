// SPDX-License-Identifier: MIT
/** The bytes in which Raft's messages travel (docs/formats/raft-messages.md). */
package io.distdb.raft.wire;

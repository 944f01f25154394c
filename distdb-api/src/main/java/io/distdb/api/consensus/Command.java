// SPDX-License-Identifier: MIT
package io.distdb.api.consensus;

import io.distdb.api.Encodable;

/** An entry of a group's log, as its state machine understands it. Immutable once proposed. */
public interface Command extends Encodable {}

// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.transport.Calls;

/** Who waits for a lock: how to wake it, and whether it may go on waiting. */
public interface LockClient extends Calls.Patience {}

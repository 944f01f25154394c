// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** A place in a transaction to come back to. Only its transaction knows what is in it. */
public interface Savepoint {}

// SPDX-License-Identifier: MIT
package io.distdb.client;

/**
 * What a transaction does. May be run several times, each time in a new transaction, so it must not
 * keep what an earlier run read or count what it did.
 */
@FunctionalInterface
public interface TransactionBody<T, E extends Exception> {
  T run(Tx tx) throws E;
}

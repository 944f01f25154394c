// SPDX-License-Identifier: MIT
package io.distdb.client;

/** A {@link TransactionBody} without an answer. */
@FunctionalInterface
public interface TransactionWork<E extends Exception> {
  void run(Tx tx) throws E;
}

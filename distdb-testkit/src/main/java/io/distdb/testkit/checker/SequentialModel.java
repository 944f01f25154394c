// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.Optional;

/**
 * What an object does when one operation follows the other.
 *
 * @param <S> its state: immutable, with equals and hashCode
 * @param <I> what is asked
 * @param <O> what is answered
 */
public interface SequentialModel<S, I, O> {
  S initial();

  /**
   * The state after the operation.
   *
   * @param output empty when the answer is not known
   * @return empty when the object would not have answered so
   */
  Optional<S> next(S state, I input, Optional<O> output);
}

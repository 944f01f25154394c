// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.type.SqlType;
import java.util.Optional;

/**
 * A sequence. How far it has come is not part of the definition: that is kept under {@code state},
 * outside of transactions. A restart gives it a new state, so that it is transactional.
 *
 * @param first the value that the state begins with
 * @param owner the column that it goes with
 */
public record Sequence(
    long id,
    String schema,
    String name,
    SqlType type,
    long start,
    long increment,
    long minimum,
    long maximum,
    long cache,
    boolean cycles,
    Optional<Owner> owner,
    long state,
    long first) {
  /**
   * @param slot of the column in stored rows
   * @param internal of an identity column: not to be dropped on its own
   */
  public record Owner(TableId table, int slot, boolean internal) {}

  public Sequence withName(String newSchema, String newName) {
    return new Sequence(
        id, newSchema, newName, type, start, increment, minimum, maximum, cache, cycles, owner,
        state, first);
  }

  public Sequence withOwner(Optional<Owner> newOwner) {
    return new Sequence(
        id, schema, name, type, start, increment, minimum, maximum, cache, cycles, newOwner, state,
        first);
  }

  /** Begun anew at {@code value}. */
  public Sequence restarted(long newState, long value) {
    return new Sequence(
        id, schema, name, type, start, increment, minimum, maximum, cache, cycles, owner, newState,
        value);
  }

  public String qualifiedName() {
    return schema.equals(Table.PUBLIC) ? name : schema + "." + name;
  }
}

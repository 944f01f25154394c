// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who owns an object, and what was granted on it.
 *
 * @param acl absent: as at the beginning
 * @param columns of a table or view, by slot or position: what was granted on these alone
 */
public record ObjectAccess(long owner, Optional<Acl> acl, Map<Integer, Acl> columns) {
  /** What was there before there were roles. */
  public static final ObjectAccess FIRST = new ObjectAccess(Role.FIRST, Optional.empty(), Map.of());

  public ObjectAccess {
    columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** What counts: the initial privileges, when nothing was granted. */
  public Acl effective(Securable kind) {
    return acl.orElseGet(() -> Acl.initial(kind, owner));
  }

  public ObjectAccess withAcl(Acl newAcl) {
    return new ObjectAccess(owner, Optional.of(newAcl), columns);
  }

  public ObjectAccess withColumn(int column, Acl newAcl) {
    Map<Integer, Acl> after = new TreeMap<>(columns);
    if (newAcl.items().isEmpty()) {
      after.remove(column);
    } else {
      after.put(column, newAcl);
    }
    return new ObjectAccess(owner, acl, after);
  }

  public ObjectAccess withOwner(long newOwner) {
    return new ObjectAccess(newOwner, acl.map(list -> list.withOwner(owner, newOwner)), columns);
  }

  /** Whether {@code role} owns it, has something on it or has given it. */
  public boolean mentions(long role) {
    return owner == role
        || acl.filter(list -> list.mentions(role)).isPresent()
        || columns.values().stream().anyMatch(list -> list.mentions(role));
  }

  /** Without what {@code role} has or has given; it is not the owner. */
  public ObjectAccess without(long role) {
    ObjectAccess result = new ObjectAccess(owner, acl.map(list -> list.without(role)), columns);
    for (Map.Entry<Integer, Acl> column : columns.entrySet()) {
      result = result.withColumn(column.getKey(), column.getValue().without(role));
    }
    return result;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What new objects have from the start, where ALTER DEFAULT PRIVILEGES has said so (PostgreSQL
 * documentation, chapter 5.7 and the statement's page). Immutable.
 *
 * <p>An entry for all schemas stands in place of what the owner would have anyway; one for a schema
 * comes on top of that, and so can take nothing away.
 */
public record DefaultPrivileges(Map<Key, Acl> entries) {
  public static final DefaultPrivileges NONE = new DefaultPrivileges(Map.of());

  /** In place of a schema: all of them. */
  public static final long EVERYWHERE = 0;

  /**
   * @param role whose new objects they are
   * @param schema the id of the one that they are in, or {@link #EVERYWHERE}
   * @param kind TABLE, for views too, SEQUENCE or SCHEMA
   */
  public record Key(long role, long schema, Securable kind) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::role).thenComparingLong(Key::schema).thenComparing(Key::kind);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }

    /** What counts where nothing was said. */
    public Acl nothingSaid() {
      return schema == EVERYWHERE ? Acl.initial(kind, role) : Acl.NONE;
    }
  }

  public DefaultPrivileges {
    entries = Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  /** What counts for {@code key}, whether or not something was said. */
  public Acl of(Key key) {
    return entries.getOrDefault(key, key.nothingSaid());
  }

  /** Whether {@code acl} says nothing for {@code key} that is not so anyway. */
  public static boolean saysNothing(Key key, Acl acl) {
    return Set.copyOf(acl.items()).equals(Set.copyOf(key.nothingSaid().items()));
  }

  /** Where {@code role} is the owner, has something or has given it. */
  public List<Key> mentioning(long role) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().role() == role || entry.getValue().mentions(role))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What a new object begins with; absent: what its owner always has, which PostgreSQL gives too
   * where nothing at all would be left.
   *
   * @param kind a VIEW counts as a TABLE
   * @param schema that it is in; {@link #EVERYWHERE} for a schema itself
   */
  public Optional<Acl> ofNew(Securable kind, long schema, long owner) {
    Securable of = kind == Securable.VIEW ? Securable.TABLE : kind;
    Key everywhere = new Key(owner, EVERYWHERE, of);
    Acl acl = of(everywhere);
    if (schema != EVERYWHERE) {
      for (AclItem item : of(new Key(owner, schema, of)).items()) {
        acl = acl.grant(item.grantee(), item.privileges(), item.options(), item.grantor());
      }
    }
    boolean nothing = acl.items().isEmpty() || saysNothing(everywhere, acl);
    return nothing ? Optional.empty() : Optional.of(acl.sorted());
  }
}

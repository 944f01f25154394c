// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All roles of a store, and who is a member of which. Immutable. */
public final class Roles {
  /** Only the first role. */
  public static final Roles FIRST = new Roles(List.of(Role.first()), List.of());

  private final Map<String, Role> byName = new TreeMap<>();
  private final Map<Long, Role> byId = new HashMap<>();
  private final List<Membership> memberships;

  /** Those that are stored; the predefined ones come along. */
  public Roles(Collection<Role> roles, List<Membership> memberships) {
    for (PredefinedRole predefined : PredefinedRole.values()) {
      add(predefined.role());
    }
    roles.forEach(this::add);
    this.memberships = List.copyOf(memberships);
  }

  private void add(Role role) {
    byName.put(role.name(), role);
    byId.put(role.id(), role);
  }

  /** In the order of their names. */
  public Collection<Role> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** Ordered by role and member. */
  public List<Membership> memberships() {
    return memberships;
  }

  public Optional<Role> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<Role> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Its name; its number when there is no such role any more. */
  public String name(long id) {
    Role role = byId.get(id);
    return role == null ? Long.toString(id) : role.name();
  }

  public boolean isSuperuser(long id) {
    Role role = byId.get(id);
    return role != null && role.superuser();
  }

  /**
   * {@code role} and every role that it is a member of, directly or not.
   *
   * @param inherited only those whose privileges it has without SET ROLE: no way leads on through a
   *     role with NOINHERIT
   */
  public Set<Long> groups(long role, boolean inherited) {
    Set<Long> met = new LinkedHashSet<>(List.of(role));
    Deque<Long> left = new ArrayDeque<>(met);
    while (!left.isEmpty()) {
      long member = left.remove();
      if (inherited && !inherits(member)) {
        continue;
      }
      for (Membership membership : memberships) {
        if (membership.member() == member && met.add(membership.role())) {
          left.add(membership.role());
        }
      }
    }
    return met;
  }

  private boolean inherits(long role) {
    Role found = byId.get(role);
    return found != null && found.inherit();
  }

  /** Whether {@code role} may become {@code group}. */
  public boolean isMember(long role, long group) {
    return isSuperuser(role) || groups(role, false).contains(group);
  }

  /** Whether {@code role} may make others members of {@code group}. */
  public boolean isAdmin(long role, long group) {
    Set<Long> own = groups(role, false);
    return isSuperuser(role)
        || memberships.stream()
            .anyMatch(membership ->
                membership.role() == group
                    && membership.admin()
                    && own.contains(membership.member()));
  }

  public Optional<Membership> membership(long role, long member) {
    return memberships.stream()
        .filter(membership -> membership.role() == role && membership.member() == member)
        .findFirst();
  }

  /** With one more membership, or without it: for {@code pg_database_owner}. */
  Roles with(Membership membership) {
    List<Membership> more = new ArrayList<>(memberships);
    more.add(membership);
    return new Roles(byId.values(), more);
  }
}

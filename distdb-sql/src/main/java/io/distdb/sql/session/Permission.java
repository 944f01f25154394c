// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Demand;
import io.distdb.sql.access.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Which roles may run a plan.
 *
 * <p>Design: roles and privileges are definitions, so a plan outlives none of their changes. What a
 * role was once found to be allowed by the definitions that the plan was made for, it is allowed
 * for as long as the plan lasts; so a plan is shared by all roles, and asking again costs a look at
 * a short array, nothing at all for a superuser. Thread-safe: the array is replaced, never changed.
 */
final class Permission {
  /** Nothing is demanded. */
  static final Permission NONE = new Permission(List.of());

  /** More roles than this are asked about each time. */
  private static final int ADMITTED_MAX = 64;

  private final List<Demand> demands;
  private final boolean ofRunner;
  private volatile long[] admitted = {};

  Permission(List<Demand> demands) {
    this.demands = demands;
    ofRunner = demands.stream().allMatch(Permission::isOfRunner);
  }

  /** A view of the first role needs no look: he may always. */
  private static boolean isOfRunner(Demand demand) {
    return switch (demand) {
      case Demand.OnObject object -> object.role() == Demand.RUNNER || object.role() == Role.FIRST;
      case Demand.OfMember ignored -> true;
    };
  }

  /** Whether a superuser needs no look either. */
  boolean isOfRunner() {
    return ofRunner;
  }

  boolean isAdmitted(long role) {
    for (long known : admitted) {
      if (known == role) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param authority that of the definitions which the plan was made for
   * @throws io.distdb.api.error.DistDbException {@code INSUFFICIENT_PRIVILEGE}
   */
  void require(long role, Authority authority) {
    authority.require(role, demands);
    long[] known = admitted;
    if (known.length < ADMITTED_MAX) {
      long[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = role;
      admitted = more;
    }
  }
}

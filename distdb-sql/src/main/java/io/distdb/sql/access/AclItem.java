// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.function.LongFunction;

/**
 * Privileges that one role has from another.
 *
 * @param grantee {@link Acl#PUBLIC} for everybody
 * @param privileges bits of {@link Privilege}
 * @param options those among them that the grantee may grant on
 */
public record AclItem(long grantee, int privileges, int options, long grantor) {
  public AclItem {
    if ((options & ~privileges) != 0) {
      throw new IllegalArgumentException("an option to grant what one has not");
    }
  }

  AclItem with(int newPrivileges, int newOptions) {
    return new AclItem(grantee, newPrivileges, newOptions, grantor);
  }

  /** {@code r*w}: letters, a star behind what may be granted on. */
  String letters() {
    StringBuilder letters = new StringBuilder();
    for (Privilege privilege : Privilege.values()) {
      if ((privileges & privilege.bit()) != 0) {
        letters.append(privilege.letter());
        if ((options & privilege.bit()) != 0) {
          letters.append('*');
        }
      }
    }
    return letters.toString();
  }

  /** As PostgreSQL writes an {@code aclitem}: {@code grantee=letters/grantor}. */
  public String text(LongFunction<String> names) {
    String to = grantee == Acl.PUBLIC ? "" : quoted(names.apply(grantee));
    return to + "=" + letters() + "/" + quoted(names.apply(grantor));
  }

  private static String quoted(String name) {
    boolean plain =
        !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}

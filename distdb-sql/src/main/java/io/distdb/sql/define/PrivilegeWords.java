// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.RoleStatement.PrivilegeItem;
import java.util.Locale;

/** The words of GRANT, checked against what they are for. */
final class PrivilegeWords {
  private PrivilegeWords() {}

  /**
   * @throws DistDbException {@code SYNTAX_ERROR}: no such privilege; {@code
   *     INVALID_GRANT_OPERATION}: there is none of that kind here
   */
  static int bit(PrivilegeItem item, Securable kind) {
    Privilege privilege = privilege(item);
    if ((kind.privileges() & privilege.bit()) == 0) {
      String word = kind == Securable.VIEW ? Securable.TABLE.word() : kind.word();
      throw new DistDbException(
          ErrorCode.INVALID_GRANT_OPERATION,
          "invalid privilege type " + privilege + " for " + word);
    }
    return privilege.bit();
  }

  /**
   * @throws DistDbException {@code SYNTAX_ERROR}: no such privilege
   */
  static Privilege privilege(PrivilegeItem item) {
    return Privilege.ofWord(item.word())
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.SYNTAX_ERROR,
                    "unrecognized privilege type \"" + item.word().toLowerCase(Locale.ROOT) + "\"")
                .at(item.span().position()));
  }
}

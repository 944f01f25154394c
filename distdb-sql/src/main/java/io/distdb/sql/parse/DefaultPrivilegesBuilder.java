// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.RoleStatement.GrantKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ALTER DEFAULT PRIVILEGES. */
final class DefaultPrivilegesBuilder {
  private DefaultPrivilegesBuilder() {}

  static RoleStatement build(DistDbSqlParser.AlterDefaultPrivilegesContext context) {
    List<RoleName> roles = new ArrayList<>();
    List<Name> schemas = new ArrayList<>();
    for (DistDbSqlParser.DefaultScopeContext scope : context.defaultScope()) {
      boolean ofRoles = scope.roleNames() != null;
      if (!(ofRoles ? roles : schemas).isEmpty()) {
        throw new DistDbException(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
            .at(Spans.of(scope).position());
      }
      if (ofRoles) {
        RoleBuilder.word(scope.roleWord());
        roles.addAll(RoleBuilder.names(scope.roleNames()));
      } else {
        schemas.addAll(NameBuilder.names(scope.nameList()));
      }
    }
    return new RoleStatement.ChangeDefaults(
        Spans.of(context),
        roles,
        schemas,
        context.REVOKE() == null,
        GrantBuilder.items(context.privileges()),
        GrantBuilder.columns(context.privileges()),
        kind(context.defaultTarget()),
        GrantBuilder.grantees(context.grantees()),
        context.OPTION() != null,
        ObjectBuilder.cascades(context.dropBehavior()));
  }

  private static GrantKind kind(DistDbSqlParser.DefaultTargetContext context) {
    SqlToken word = Spans.token(context.IDENTIFIER());
    return switch (word.content()) {
      case "tables" -> GrantKind.TABLE;
      case "sequences" -> GrantKind.SEQUENCE;
      case "schemas" -> GrantKind.SCHEMA;
      case "functions", "routines", "types" ->
          throw Spans.unsupported(
              "ALTER DEFAULT PRIVILEGES on " + word.content().toUpperCase(Locale.ROOT), context);
      default -> throw SyntaxErrors.at(word);
    };
  }
}

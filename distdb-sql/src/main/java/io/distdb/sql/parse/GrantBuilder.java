// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.RoleStatement.GrantKind;
import io.distdb.sql.ast.RoleStatement.GrantTarget;
import io.distdb.sql.ast.RoleStatement.PrivilegeItem;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** GRANT and REVOKE. */
final class GrantBuilder {
  private GrantBuilder() {}

  static RoleStatement grant(DistDbSqlParser.GrantContext context) {
    SourceSpan span = Spans.of(context);
    List<RoleName> grantees = grantees(context.grantees());
    if (context.privileges() == null) {
      return new RoleStatement.GrantRoles(
          span,
          NameBuilder.names(context.nameList()),
          grantees,
          context.ADMIN() != null,
          grantor(context.grantedBy()),
          "GRANT ROLE");
    }
    refuse(context.grantedBy());
    return new RoleStatement.ChangePrivileges(
        span,
        true,
        items(context.privileges()),
        columns(context.privileges()),
        target(context.grantTarget()),
        grantees,
        context.OPTION() != null,
        false);
  }

  static RoleStatement revoke(DistDbSqlParser.RevokeContext context) {
    SourceSpan span = Spans.of(context);
    List<RoleName> grantees = grantees(context.grantees());
    if (context.privileges() == null) {
      return new RoleStatement.RevokeRoles(
          span,
          NameBuilder.names(context.nameList()),
          grantees,
          context.ADMIN() != null,
          grantor(context.grantedBy()),
          "REVOKE ROLE");
    }
    refuse(context.grantedBy());
    return new RoleStatement.ChangePrivileges(
        span,
        false,
        items(context.privileges()),
        columns(context.privileges()),
        target(context.grantTarget()),
        grantees,
        context.OPTION() != null,
        ObjectBuilder.cascades(context.dropBehavior()));
  }

  private static Optional<RoleName> grantor(DistDbSqlParser.GrantedByContext context) {
    return Optional.ofNullable(context).map(by -> RoleBuilder.name(by.roleName()));
  }

  private static void refuse(DistDbSqlParser.GrantedByContext grantor) {
    if (grantor != null) {
      throw Spans.unsupported("GRANTED BY for privileges", grantor);
    }
  }

  static List<RoleName> grantees(DistDbSqlParser.GranteesContext context) {
    return context.roleName().stream().map(RoleBuilder::name).toList();
  }

  /** Columns of ALL. */
  static List<Name> columns(DistDbSqlParser.PrivilegesContext context) {
    return context.nameList() == null ? List.of() : NameBuilder.names(context.nameList());
  }

  static List<PrivilegeItem> items(DistDbSqlParser.PrivilegesContext context) {
    return context.privilege().stream()
        .map(privilege ->
            new PrivilegeItem(
                Spans.of(privilege),
                Spans.first(privilege).content().toUpperCase(Locale.ROOT),
                Optional.ofNullable(privilege.nameList())
                    .map(NameBuilder::names)
                    .orElse(List.of())))
        .toList();
  }

  private static GrantTarget target(DistDbSqlParser.GrantTargetContext context) {
    if (!context.balanced().isEmpty()) {
      String kind = Spans.first(context).getText().toUpperCase(Locale.ROOT);
      throw Spans.unsupported("GRANT and REVOKE on " + kind, context);
    }
    if (context.ALL() != null) {
      return new RoleStatement.AllInSchemas(
          allKind(context), NameBuilder.names(context.nameList()));
    }
    if (context.SCHEMA() != null || context.DATABASE() != null) {
      GrantKind kind = context.SCHEMA() != null ? GrantKind.SCHEMA : GrantKind.DATABASE;
      List<TableName> names =
          NameBuilder.names(context.nameList()).stream()
              .map(name -> new TableName(name.span(), Optional.empty(), name))
              .toList();
      return new RoleStatement.Objects(kind, names);
    }
    GrantKind kind = context.SEQUENCE() != null ? GrantKind.SEQUENCE : GrantKind.TABLE;
    return new RoleStatement.Objects(
        kind, context.qualifiedName().stream().map(NameBuilder::table).toList());
  }

  private static GrantKind allKind(DistDbSqlParser.GrantTargetContext context) {
    SqlToken word = Spans.token(context.IDENTIFIER());
    return switch (word.content()) {
      case "tables" -> GrantKind.TABLE;
      case "sequences" -> GrantKind.SEQUENCE;
      case "functions", "procedures", "routines" ->
          throw Spans.unsupported(
              "GRANT and REVOKE on ALL " + word.content().toUpperCase(Locale.ROOT), context);
      default -> throw SyntaxErrors.at(word);
    };
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.RoleStatement.AttributeKind;
import io.distdb.sql.ast.RoleStatement.RoleOption;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CREATE, ALTER and DROP ROLE, owners of everything. */
final class RoleBuilder {
  private RoleBuilder() {}

  static RoleStatement build(DistDbSqlParser.RoleStatementContext context) {
    return switch (context.getChild(0)) {
      case DistDbSqlParser.CreateRoleContext create -> create(create);
      case DistDbSqlParser.AlterRoleContext alter -> alter(alter);
      case DistDbSqlParser.DropRoleContext drop -> {
        word(drop.roleWord());
        yield new RoleStatement.DropRoles(
            Spans.of(drop), names(drop.roleNames()), drop.IF() != null);
      }
      case DistDbSqlParser.GrantContext grant -> GrantBuilder.grant(grant);
      case DistDbSqlParser.RevokeContext revoke -> GrantBuilder.revoke(revoke);
      case DistDbSqlParser.AlterDefaultPrivilegesContext alter ->
          DefaultPrivilegesBuilder.build(alter);
      case DistDbSqlParser.ReassignOwnedContext reassign ->
          new RoleStatement.ReassignOwned(
              Spans.of(reassign), names(reassign.roleNames()), name(reassign.roleName()));
      case DistDbSqlParser.DropOwnedContext drop ->
          new RoleStatement.DropOwned(
              Spans.of(drop), names(drop.roleNames()), ObjectBuilder.cascades(drop.dropBehavior()));
      case DistDbSqlParser.AlterDatabaseContext alter -> database(alter);
      default -> throw Spans.syntaxError(context);
    };
  }

  // --- names ---

  static RoleName name(DistDbSqlParser.RoleNameContext context) {
    if (context.name() != null) {
      return named(NameBuilder.name(context.name()));
    }
    SqlToken word = Spans.token(context.SESSION_VALUE());
    RoleName.Kind kind =
        switch (word.content()) {
          case "current_user", "current_role" -> RoleName.Kind.CURRENT_USER;
          case "session_user" -> RoleName.Kind.SESSION_USER;
          default -> throw SyntaxErrors.at(word);
        };
    return new RoleName(word.span(), kind, word.content());
  }

  private static RoleName named(Name name) {
    checkName(name);
    return RoleName.of(name);
  }

  private static void checkName(Name name) {
    if (name.text().equals("none")) {
      throw new DistDbException(ErrorCode.RESERVED_NAME, "role name \"none\" is reserved")
          .at(name.span().position());
    }
  }

  static List<RoleName> names(DistDbSqlParser.RoleNamesContext context) {
    return context.roleName().stream().map(RoleBuilder::name).toList();
  }

  /** ROLE, USER or GROUP. */
  static String word(DistDbSqlParser.RoleWordContext context) {
    SqlToken word = Spans.first(context);
    if (context.SESSION_VALUE() != null && !word.content().equals("user")) {
      throw SyntaxErrors.at(word);
    }
    return word.getText().toUpperCase(Locale.ROOT);
  }

  // --- CREATE and ALTER ---

  private static RoleStatement create(DistDbSqlParser.CreateRoleContext context) {
    Name name = NameBuilder.name(context.name());
    checkName(name);
    return new RoleStatement.CreateRole(
        Spans.of(context), word(context.roleWord()), name, options(context.roleOption()));
  }

  private static RoleStatement alter(DistDbSqlParser.AlterRoleContext context) {
    SourceSpan span = Spans.of(context);
    word(context.roleWord());
    if (context.RENAME() != null) {
      Name to = NameBuilder.name(context.to);
      checkName(to);
      return new RoleStatement.RenameRole(span, NameBuilder.name(context.from), to);
    }
    if (context.SET() != null || context.RESET() != null) {
      return setting(context, span);
    }
    RoleName role = name(context.roleName());
    if (context.SESSION_VALUE() != null) {
      return members(context, role, span);
    }
    return new RoleStatement.AlterRole(span, role, options(context.roleOption()));
  }

  private static RoleStatement setting(DistDbSqlParser.AlterRoleContext context, SourceSpan span) {
    if (context.database != null) {
      throw Spans.unsupported("ALTER ROLE IN DATABASE", context.database);
    }
    if (context.roleName() == null) {
      throw Spans.unsupported("ALTER ROLE ALL", context.ALL(0));
    }
    if (context.CURRENT() != null) {
      throw Spans.unsupported("ALTER ROLE SET FROM CURRENT", context.CURRENT());
    }
    Optional<String> setting =
        Optional.ofNullable(context.settingName()).map(UtilityBuilder::setting);
    boolean areNames = setting.filter(UtilityBuilder.NAME_LISTS::contains).isPresent();
    return new RoleStatement.AlterRoleSetting(
        span,
        name(context.roleName()),
        setting,
        UtilityBuilder.values(context.settingValue(), areNames));
  }

  /** ALTER GROUP … ADD USER and DROP USER. */
  private static RoleStatement members(
      DistDbSqlParser.AlterRoleContext context, RoleName group, SourceSpan span) {
    SqlToken user = Spans.token(context.SESSION_VALUE());
    if (!user.content().equals("user")) {
      throw SyntaxErrors.at(user);
    }
    List<Name> groups = List.of(new Name(group.span(), group.text()));
    List<RoleName> members =
        NameBuilder.names(context.nameList()).stream().map(RoleBuilder::named).toList();
    return context.ADD() != null
        ? new RoleStatement.GrantRoles(span, groups, members, false, Optional.empty(), "ALTER ROLE")
        : new RoleStatement.RevokeRoles(
            span, groups, members, false, Optional.empty(), "ALTER ROLE");
  }

  private static List<RoleOption> options(List<DistDbSqlParser.RoleOptionContext> contexts) {
    List<RoleOption> options = new ArrayList<>();
    boolean encrypted = false;
    for (DistDbSqlParser.RoleOptionContext context : contexts) {
      boolean bare = context.getChildCount() == 1 && context.IDENTIFIER() != null;
      if (bare && Spans.first(context).content().equals("encrypted") && !encrypted) {
        encrypted = true;
        continue;
      }
      RoleOption option = option(context);
      if (encrypted && !(option instanceof RoleStatement.Password)) {
        throw Spans.syntaxError(context);
      }
      encrypted = false;
      options.stream()
          .filter(earlier -> same(earlier, option))
          .findFirst()
          .ifPresent(earlier -> {
            throw new DistDbException(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
                .at(option.span().position());
          });
      options.add(option);
    }
    if (encrypted) {
      throw Spans.syntaxError(contexts.getLast());
    }
    return options;
  }

  private static boolean same(RoleOption one, RoleOption other) {
    return switch (one) {
      case RoleStatement.Attribute attribute ->
          other instanceof RoleStatement.Attribute another && another.kind() == attribute.kind();
      case RoleStatement.Members members ->
          other instanceof RoleStatement.Members more && more.admin() == members.admin();
      default -> one.getClass() == other.getClass();
    };
  }

  private static RoleOption option(DistDbSqlParser.RoleOptionContext context) {
    SourceSpan span = Spans.of(context);
    if (context.VALID() != null) {
      require(Spans.token(context.IDENTIFIER()), "until");
      return new RoleStatement.ValidUntil(span, Spans.token(context.STRING()).content());
    }
    if (context.LIMIT() != null) {
      require(Spans.token(context.IDENTIFIER()), "connection");
      return new RoleStatement.ConnectionLimit(span, ObjectBuilder.number(context.signedNumber()));
    }
    if (context.nameList() != null) {
      return listed(context, span);
    }
    if (context.STRING() != null || context.NULL() != null) {
      require(Spans.token(context.IDENTIFIER()), "password");
      return new RoleStatement.Password(
          span, Optional.ofNullable(context.STRING()).map(text -> Spans.token(text).content()));
    }
    if (context.INTEGER_NUMBER() != null) {
      throw Spans.unsupported("role option SYSID", context);
    }
    return attribute(Spans.first(context), span);
  }

  private static RoleOption listed(DistDbSqlParser.RoleOptionContext context, SourceSpan span) {
    List<Name> names = NameBuilder.names(context.nameList());
    if (context.roleWord() != null) {
      word(context.roleWord());
    }
    return context.IN() != null
        ? new RoleStatement.InRoles(span, names)
        : new RoleStatement.Members(span, names, context.ADMIN() != null);
  }

  private static void require(SqlToken token, String word) {
    if (!token.content().equals(word)) {
      throw SyntaxErrors.at(token);
    }
  }

  private static RoleOption attribute(SqlToken token, SourceSpan span) {
    String word = token.content().toUpperCase(Locale.ROOT);
    if (word.equals("UNENCRYPTED")) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "UNENCRYPTED PASSWORD is no longer supported")
          .withHint("Remove UNENCRYPTED to store the password in encrypted form instead.")
          .at(span.position());
    }
    for (AttributeKind kind : AttributeKind.values()) {
      if (word.equals(kind.name())) {
        return new RoleStatement.Attribute(span, kind, true);
      }
      if (word.equals("NO" + kind.name())) {
        return new RoleStatement.Attribute(span, kind, false);
      }
    }
    throw new DistDbException(
            ErrorCode.SYNTAX_ERROR, "unrecognized role option \"" + token.content() + "\"")
        .at(span.position());
  }

  private static RoleStatement database(DistDbSqlParser.AlterDatabaseContext context) {
    if (context.OWNER() == null) {
      throw Spans.unsupported("ALTER DATABASE but for OWNER TO", context);
    }
    return new RoleStatement.DatabaseOwner(
        Spans.of(context), NameBuilder.name(context.name()), name(context.roleName()));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.ScramVerifier;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.RoleStatement.RoleOption;
import io.distdb.sql.datetime.DateTimeContext;
import io.distdb.sql.datetime.DateTimeInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What CREATE ROLE and ALTER ROLE say of a role. A password is made a verifier at once. */
final class RoleOptions {
  private static final Pattern MD5 = Pattern.compile("md5[0-9a-f]{32}");

  private final List<RoleOption> options;
  private final DateTimeContext moment;
  private String notice;

  /**
   * @param moment what VALID UNTIL is relative to
   */
  RoleOptions(List<RoleOption> options, DateTimeContext moment) {
    this.options = options;
    this.moment = moment;
  }

  /** What the user should know. */
  Optional<String> notice() {
    return Optional.ofNullable(notice);
  }

  /** Nothing is changed but the password, which a role may do for itself. */
  boolean isPasswordOnly() {
    return options.stream().allMatch(RoleStatement.Password.class::isInstance);
  }

  List<Name> inRoles() {
    List<Name> names = new ArrayList<>();
    options.forEach(option -> {
      if (option instanceof RoleStatement.InRoles in) {
        names.addAll(in.roles());
      }
    });
    return names;
  }

  List<Name> members() {
    return members(false);
  }

  /** Members that may make others members. */
  List<Name> admins() {
    return members(true);
  }

  private List<Name> members(boolean admin) {
    List<Name> names = new ArrayList<>();
    options.forEach(option -> {
      if (option instanceof RoleStatement.Members members && members.admin() == admin) {
        names.addAll(members.members());
      }
    });
    return names;
  }

  /** A USER may log in unless it is said otherwise. */
  Role loginOf(Role role) {
    return with(role, new RoleStatement.Attribute(null, RoleStatement.AttributeKind.LOGIN, true));
  }

  Role apply(Role role) {
    Role result = role;
    for (RoleOption option : options) {
      result =
          switch (option) {
            case RoleStatement.Attribute attribute -> with(result, attribute);
            case RoleStatement.Password password -> with(result, password);
            case RoleStatement.ValidUntil until -> with(result, until);
            case RoleStatement.ConnectionLimit limit -> with(result, limit);
            case RoleStatement.InRoles ignored -> result;
            case RoleStatement.Members ignored -> result;
          };
    }
    return result;
  }

  private static Role with(Role role, RoleStatement.Attribute attribute) {
    boolean on = attribute.on();
    RoleStatement.AttributeKind kind = attribute.kind();
    return new Role(
        role.id(),
        role.name(),
        kind == RoleStatement.AttributeKind.SUPERUSER ? on : role.superuser(),
        kind == RoleStatement.AttributeKind.INHERIT ? on : role.inherit(),
        kind == RoleStatement.AttributeKind.CREATEROLE ? on : role.createRole(),
        kind == RoleStatement.AttributeKind.CREATEDB ? on : role.createDatabase(),
        kind == RoleStatement.AttributeKind.LOGIN ? on : role.login(),
        kind == RoleStatement.AttributeKind.REPLICATION ? on : role.replication(),
        kind == RoleStatement.AttributeKind.BYPASSRLS ? on : role.bypassesRowSecurity(),
        role.connectionLimit(),
        role.validUntilMicros(),
        role.verifier(),
        role.settings());
  }

  private Role with(Role role, RoleStatement.Password password) {
    return with(
        role,
        role.connectionLimit(),
        role.validUntilMicros(),
        password.password().flatMap(text -> verifier(text, password)));
  }

  private Optional<String> verifier(String password, RoleStatement.Password option) {
    if (MD5.matcher(password).matches()) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "md5 passwords are not supported")
          .withHint("Give the password itself, or its SCRAM-SHA-256 verifier.")
          .at(option.span().position());
    }
    if (ScramVerifier.parse(password).isPresent()) {
      return Optional.of(password);
    }
    if (password.isEmpty()) {
      notice = "empty string is not a valid password, clearing password";
      return Optional.empty();
    }
    return Optional.of(ScramVerifier.of(password).text());
  }

  private Role with(Role role, RoleStatement.ValidUntil until) {
    long micros = DateTimeInput.timestamptz(until.timestamp(), moment);
    return with(role, role.connectionLimit(), Optional.of(micros), role.verifier());
  }

  private static Role with(Role role, RoleStatement.ConnectionLimit limit) {
    if (limit.limit() < Role.UNLIMITED || limit.limit() > Integer.MAX_VALUE) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "invalid connection limit: " + limit.limit());
    }
    return with(role, (int) limit.limit(), role.validUntilMicros(), role.verifier());
  }

  private static Role with(
      Role role, int connectionLimit, Optional<Long> validUntil, Optional<String> verifier) {
    return new Role(
        role.id(),
        role.name(),
        role.superuser(),
        role.inherit(),
        role.createRole(),
        role.createDatabase(),
        role.login(),
        role.replication(),
        role.bypassesRowSecurity(),
        connectionLimit,
        validUntil,
        verifier,
        role.settings());
  }
}

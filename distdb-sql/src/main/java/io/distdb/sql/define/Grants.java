// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GRANT and REVOKE of privileges. */
final class Grants {
  private static final String NOT_GRANTED = "01007";
  private static final String NOT_REVOKED = "01006";

  private final Definer definer;
  private final List<Done.Message> warnings = new ArrayList<>();

  Grants(Definer definer) {
    this.definer = definer;
  }

  Done change(RoleStatement.ChangePrivileges statement) {
    RoleNames names = new RoleNames(definer.view().authority().roles(), definer.runner());
    List<Long> grantees = statement.grantees().stream().map(names::grantee).toList();
    if (statement.grants()
        && statement.option()
        && statement.grantees().stream().anyMatch(name -> name.kind() == RoleName.Kind.PUBLIC)) {
      throw new DistDbException(
          ErrorCode.INVALID_GRANT_OPERATION, "grant options can only be granted to roles");
    }
    for (GrantObject object : new GrantObjects(definer).of(statement.target())) {
      change(statement, object, grantees);
    }
    return new Done(statement.grants() ? "GRANT" : "REVOKE", Done.NO_COUNT, warnings);
  }

  private void change(
      RoleStatement.ChangePrivileges statement, GrantObject object, List<Long> grantees) {
    GrantedPrivileges wanted = GrantedPrivileges.of(statement, object);
    Authority authority = definer.view().authority();
    ObjectAccess before =
        object.kind() == Securable.DATABASE
            ? definer.databaseAccess(object.name())
            : authority.of(object.id());
    ObjectAccess after = before;
    if (wanted.onWhole() != 0) {
      Grantor grantor = grantor(authority, object, before, before.effective(object.kind()));
      int bits = allowed(statement, object, grantor, wanted.onWhole(), wanted.all());
      after =
          after.withAcl(
              changed(statement, after.effective(object.kind()), grantees, bits, grantor, before));
      if (!statement.grants()) {
        for (Map.Entry<Integer, Acl> column : before.columns().entrySet()) {
          int ofColumn = bits & Securable.COLUMN.privileges();
          after =
              after.withColumn(
                  column.getKey(),
                  changed(statement, column.getValue(), grantees, ofColumn, grantor, before));
        }
      }
    }
    for (Map.Entry<Integer, Integer> column : wanted.onColumns().entrySet()) {
      Acl acl = after.columns().getOrDefault(column.getKey(), Acl.NONE);
      Grantor grantor = grantor(authority, object, before, acl);
      int bits = allowed(statement, object, grantor, column.getValue(), wanted.all());
      after =
          after.withColumn(
              column.getKey(), changed(statement, acl, grantees, bits, grantor, before));
    }
    if (!after.equals(before)) {
      definer.changeAccess(object, after);
    }
  }

  /**
   * @param options what it may grant on, as bits
   * @param held what it has itself
   */
  private record Grantor(long id, int options, int held) {}

  /** The owner for whoever has his rights; else the one of the runner's roles that may most. */
  private Grantor grantor(Authority authority, GrantObject object, ObjectAccess access, Acl acl) {
    long runner = definer.runner().current();
    int all = object.kind().privileges() | Securable.COLUMN.privileges();
    if (authority.hasRightsOf(runner, access.owner())) {
      return new Grantor(access.owner(), all, all);
    }
    Set<Long> groups = authority.roles().groups(runner, true);
    int whole = access.effective(object.kind()).options(groups);
    Grantor best = new Grantor(runner, 0, acl.privileges(groups) | whole);
    for (long group : groups) {
      int options =
          acl.options(List.of(group)) | access.effective(object.kind()).options(List.of(group));
      if (Integer.bitCount(options) > Integer.bitCount(best.options())) {
        best = new Grantor(group, options, best.held());
      }
    }
    return best;
  }

  private int allowed(
      RoleStatement.ChangePrivileges statement,
      GrantObject object,
      Grantor grantor,
      int wanted,
      boolean all) {
    if (grantor.options() == 0 && grantor.held() == 0) {
      throw Authority.denied(object.kind(), object.name());
    }
    int bits = wanted & grantor.options();
    String verb = statement.grants() ? "were granted" : "could be revoked";
    String state = statement.grants() ? NOT_GRANTED : NOT_REVOKED;
    if (bits == 0) {
      warn(state, "no privileges " + verb + " for \"" + object.name() + "\"");
    } else if (bits != wanted && !all) {
      warn(state, "not all privileges " + verb + " for \"" + object.name() + "\"");
    }
    return bits;
  }

  private void warn(String state, String text) {
    warnings.add(new Done.Message(state, text, Optional.empty()));
  }

  private static Acl changed(
      RoleStatement.ChangePrivileges statement,
      Acl before,
      List<Long> grantees,
      int bits,
      Grantor grantor,
      ObjectAccess access) {
    Acl acl = before;
    if (bits == 0) {
      return acl;
    }
    for (long grantee : grantees) {
      if (statement.grants()) {
        int options = statement.option() && grantee != access.owner() ? bits : 0;
        acl = acl.grant(grantee, bits, options, grantor.id());
      } else {
        acl =
            acl.revoke(
                    grantee,
                    bits,
                    statement.option(),
                    grantor.id(),
                    access.owner(),
                    statement.cascade())
                .orElseThrow(() ->
                    new DistDbException(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                        .withHint("Use CASCADE to revoke them too."));
      }
    }
    return acl;
  }

  /**
   * The privileges that a statement names, as bits.
   *
   * @param onColumns by slot or position
   * @param all whether ALL stands for them
   */
  record GrantedPrivileges(int onWhole, Map<Integer, Integer> onColumns, boolean all) {
    static GrantedPrivileges of(RoleStatement.ChangePrivileges statement, GrantObject object) {
      Map<Integer, Integer> columns = new LinkedHashMap<>();
      if (statement.privileges().isEmpty()) {
        for (var column : statement.columns()) {
          columns.merge(
              object.requireColumn(column), Securable.COLUMN.privileges(), (a, b) -> a | b);
        }
        int whole = statement.columns().isEmpty() ? object.kind().privileges() : 0;
        return new GrantedPrivileges(whole, columns, true);
      }
      int whole = 0;
      for (RoleStatement.PrivilegeItem item : statement.privileges()) {
        if (item.columns().isEmpty()) {
          whole |= PrivilegeWords.bit(item, object.kind());
        }
        for (var column : item.columns()) {
          int bit = PrivilegeWords.bit(item, Securable.COLUMN);
          columns.merge(object.requireColumn(column), bit, (a, b) -> a | b);
        }
      }
      return new GrantedPrivileges(whole, columns, false);
    }
  }
}

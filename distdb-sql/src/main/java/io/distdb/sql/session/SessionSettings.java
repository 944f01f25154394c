// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Role;
import io.distdb.sql.setting.Setting;
import io.distdb.sql.setting.SettingList;
import io.distdb.sql.setting.SettingRow;
import io.distdb.sql.setting.SettingRules;
import io.distdb.sql.setting.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of one session. Used by one thread.
 *
 * <p>Design: three references to immutable values. {@code now} is what statements see; {@code
 * lasting} is the same without what SET LOCAL changed, and what is left when the transaction
 * commits; {@code start} is what RESET goes back to. So BEGIN and COMMIT, which nothing was set
 * between, copy nothing.
 */
final class SessionSettings {
  /** The values at some point of a transaction, to go back to. */
  record Mark(SettingValues now, SettingValues lasting) {}

  private static final Logger LOG = LoggerFactory.getLogger(SessionSettings.class);
  private static final Setting USER = SettingList.find(SettingValues.SESSION_AUTHORIZATION);
  private static final Setting SUPERUSER = SettingList.find(SettingValues.IS_SUPERUSER);

  /** Those that say who the session is. */
  private static final Set<String> IDENTITY =
      Set.of(SettingValues.ROLE, SettingValues.SESSION_AUTHORIZATION, SettingValues.IS_SUPERUSER);

  private final SettingValues base;
  private SettingValues start;
  private SettingValues now;
  private SettingValues lasting;
  private Mark mark;

  /** What {@link #takeReported} told last; null: nothing yet. */
  private SettingValues reported;

  /**
   * @param base what every session has at first
   * @param login whose session it is: its own settings are what RESET goes back to
   */
  SessionSettings(SettingValues base, Role login) {
    this.base = base;
    SettingValues first = base.with(USER, SettingValues.SESSION_AUTHORIZATION, login.name());
    begin(first.with(SUPERUSER, SettingValues.IS_SUPERUSER, login.superuser() ? "on" : "off"));
    login.settings().forEach(this::keep);
  }

  /** A value that a role has kept, unless it has become one that nothing can have. */
  private void keep(String name, String value) {
    try {
      begin(start.with(SettingList.find(Setting.key(name)), name, value));
    } catch (DistDbException refused) {
      LOG.warn("a role's setting {} is passed over: {}", name, refused.getMessage());
    }
  }

  private void begin(SettingValues first) {
    start = first;
    now = first;
    lasting = first;
  }

  /** The values that statements see now. */
  SettingValues values() {
    return now;
  }

  /** All, in the order of their names. */
  List<SettingRow> rows() {
    return SettingRow.all(now, start, base);
  }

  /**
   * Gives the session of a server its own initial values, which RESET goes back to from now on; its
   * statements are counted.
   *
   * @throws DistDbException as {@link #set}; nothing is changed then
   */
  void start(Map<String, String> initial) {
    SettingValues first = start;
    String track = SettingValues.TRACK_STATEMENTS;
    first = first.with(SettingList.find(track), track, "top");
    for (Map.Entry<String, String> given : initial.entrySet()) {
      if (IDENTITY.contains(Setting.key(given.getKey()))) {
        throw new DistDbException(
            ErrorCode.CANNOT_CHANGE_SETTING,
            "parameter \"" + given.getKey() + "\" cannot be set at the start of a session");
      }
      first = first.with(settable(given.getKey()), given.getKey(), given.getValue());
    }
    begin(first);
  }

  /** {@code is_superuser} follows the role. */
  void become(boolean superuser, boolean local) {
    String shown = superuser ? "on" : "off";
    SettingValues after = now.with(SUPERUSER, SettingValues.IS_SUPERUSER, shown);
    if (!local) {
      lasting = now == lasting ? after : lasting.withThatOf(after, SettingValues.IS_SUPERUSER);
    }
    now = after;
  }

  /** RESET ALL: who the session is stays. */
  void resetAll() {
    SettingValues before = now;
    SettingValues lastingBefore = lasting;
    reset();
    for (String key : IDENTITY) {
      now = now.withThatOf(before, key);
      lasting = lasting.withThatOf(lastingBefore, key);
    }
  }

  /**
   * A value of ALTER ROLE … SET, as SHOW prints it.
   *
   * @param value absent: the default
   * @throws DistDbException as {@link #set}
   */
  Optional<String> checked(String name, Optional<String> value) {
    Setting setting = settable(name);
    if (IDENTITY.contains(Setting.key(name))) {
      throw new DistDbException(
          ErrorCode.CANNOT_CHANGE_SETTING, "parameter \"" + name + "\" cannot be set");
    }
    return value.map(text -> now.with(setting, name, text).find(Setting.key(name)));
  }

  /** The setting, null for one that the user invents. */
  private Setting settable(String name) {
    Setting setting = SettingList.find(Setting.key(name));
    if (setting != null) {
      now.checkMayBeSet(setting);
    } else if (!SettingRules.isCustom(name)) {
      throw SettingList.unknown(name);
    }
    return setting;
  }

  /**
   * @param value null for what RESET goes back to
   * @param local whether it ends with the transaction
   * @throws DistDbException {@code UNDEFINED_OBJECT}; {@code INVALID_PARAMETER_VALUE}; {@code
   *     CANNOT_CHANGE_SETTING}; {@code FEATURE_NOT_SUPPORTED}; {@code INSUFFICIENT_PRIVILEGE}
   */
  void set(String name, String value, boolean local) {
    Setting setting = settable(name);
    String key = Setting.key(name);
    SettingValues after =
        value == null ? now.withThatOf(start, key) : now.with(setting, name, value);
    if (!local) {
      lasting = now == lasting ? after : lasting.withThatOf(after, key);
    }
    now = after;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code FEATURE_NOT_SUPPORTED}: no such
   *     setting
   */
  String show(String name) {
    String value = find(name);
    if (value == null) {
      throw SettingList.unknown(name);
    }
    return value;
  }

  /** As {@link #show}, or null when there is no such setting. */
  String find(String name) {
    return now.find(Setting.key(name));
  }

  /** All as they were at the beginning; what the session invented is gone. */
  void reset() {
    now = start;
    lasting = start;
  }

  // --- transactions ---

  /** Where the values are now, to go back to. */
  Mark mark() {
    if (mark == null || mark.now != now || mark.lasting != lasting) {
      mark = new Mark(now, lasting);
    }
    return mark;
  }

  void backTo(Mark earlier) {
    now = earlier.now;
    lasting = earlier.lasting;
  }

  /** The transaction committed: what was set for it alone is gone. */
  void endLocal() {
    now = lasting;
  }

  // --- what the client is told ---

  /** Values of {@link SettingList#REPORTED} that changed since the last call; all at the first. */
  List<ReportedSetting> takeReported() {
    SettingValues before = reported;
    if (before == now) {
      return List.of();
    }
    reported = now;
    List<ReportedSetting> changed = new ArrayList<>();
    for (String key : SettingList.REPORTED) {
      String value = now.find(key);
      if (before == null || !value.equals(before.find(key))) {
        changed.add(new ReportedSetting(SettingList.find(key).name(), value));
      }
    }
    return changed;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * The privileges on one object: who has which from whom. Immutable.
 *
 * <p>Stored as {@code grantee=letters/grantor} with the ids of the roles, joined by commas, so that
 * a role may be renamed.
 */
public record Acl(List<AclItem> items) {
  /** Stands for every role, as grantee. */
  public static final long PUBLIC = 0;

  public static final Acl NONE = new Acl(List.of());

  public Acl {
    items = List.copyOf(items);
  }

  /** What an object has on which nothing was granted or revoked. */
  public static Acl initial(Securable kind, long owner) {
    List<AclItem> items = new ArrayList<>();
    if (kind == Securable.COLUMN) {
      return NONE;
    }
    if (kind.ofPublic() != 0) {
      items.add(new AclItem(PUBLIC, kind.ofPublic(), 0, owner));
    }
    items.add(new AclItem(owner, kind.privileges(), 0, owner));
    return new Acl(items);
  }

  /** Reads {@link #stored}. */
  public static Acl parse(String text) {
    return text.isEmpty() ? NONE : new Acl(Arrays.stream(text.split(",")).map(Acl::item).toList());
  }

  private static AclItem item(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/', equals);
    int privileges = 0;
    int options = 0;
    for (int i = equals + 1; i < slash; i++) {
      int bit = Privilege.ofLetter(text.charAt(i)).orElseThrow().bit();
      privileges |= bit;
      if (text.charAt(i + 1) == '*') {
        options |= bit;
        i++;
      }
    }
    return new AclItem(
        Long.parseLong(text.substring(0, equals)),
        privileges,
        options,
        Long.parseLong(text.substring(slash + 1)));
  }

  public String stored() {
    return items.stream()
        .map(item -> item.grantee() + "=" + item.letters() + "/" + item.grantor())
        .collect(Collectors.joining(","));
  }

  /** Each as PostgreSQL writes an {@code aclitem}. */
  public List<String> texts(LongFunction<String> names) {
    return items.stream().map(item -> item.text(names)).toList();
  }

  /** What {@code grantees} have together, PUBLIC's included, as bits. */
  public int privileges(Collection<Long> grantees) {
    int bits = 0;
    for (AclItem item : items) {
      if (item.grantee() == PUBLIC || grantees.contains(item.grantee())) {
        bits |= item.privileges();
      }
    }
    return bits;
  }

  /** What {@code grantees} may grant on. PUBLIC may grant nothing. */
  public int options(Collection<Long> grantees) {
    int bits = 0;
    for (AclItem item : items) {
      if (grantees.contains(item.grantee())) {
        bits |= item.options();
      }
    }
    return bits;
  }

  public Acl grant(long grantee, int privileges, int options, long grantor) {
    List<AclItem> after = new ArrayList<>();
    boolean met = false;
    for (AclItem item : items) {
      boolean same = item.grantee() == grantee && item.grantor() == grantor;
      met |= same;
      after.add(same ? item.with(item.privileges() | privileges, item.options() | options) : item);
    }
    if (!met) {
      after.add(new AclItem(grantee, privileges, options, grantor));
    }
    return new Acl(after);
  }

  /**
   * @param optionsOnly leaves the privileges themselves
   * @param owner keeps its grant options whatever is revoked
   * @param cascade also what the grantee granted on
   * @return absent: others have privileges by the grantee's option, and not {@code cascade}
   */
  public Optional<Acl> revoke(
      long grantee, int bits, boolean optionsOnly, long grantor, long owner, boolean cascade) {
    List<AclItem> after = new ArrayList<>();
    int lost = 0;
    for (AclItem item : items) {
      if (item.grantee() != grantee || item.grantor() != grantor) {
        after.add(item);
        continue;
      }
      lost |= item.options() & bits;
      int left = optionsOnly ? item.privileges() : item.privileges() & ~bits;
      if (left != 0) {
        after.add(item.with(left, item.options() & ~bits));
      }
    }
    Acl result = new Acl(after);
    return grantee == owner ? Optional.of(result) : result.follow(grantee, lost, owner, cascade);
  }

  /** Revokes what {@code grantor} granted and has no option for any more. */
  private Optional<Acl> follow(long grantor, int lost, long owner, boolean cascade) {
    int gone = lost & ~options(List.of(grantor));
    Acl result = this;
    for (AclItem item : items) {
      if (item.grantor() == grantor && (item.privileges() & gone) != 0) {
        if (!cascade) {
          return Optional.empty();
        }
        result = result.revoke(item.grantee(), gone, false, grantor, owner, true).orElseThrow();
      }
    }
    return Optional.of(result);
  }

  /** Without whatever {@code role} has or has given. */
  public Acl without(long role) {
    return new Acl(
        items.stream().filter(item -> item.grantee() != role && item.grantor() != role).toList());
  }

  /** By grantee, then by who granted it: how PostgreSQL keeps default privileges. */
  public Acl sorted() {
    return new Acl(
        items.stream()
            .sorted(Comparator.comparingLong(AclItem::grantee).thenComparingLong(AclItem::grantor))
            .toList());
  }

  public boolean mentions(long role) {
    return items.stream().anyMatch(item -> item.grantee() == role || item.grantor() == role);
  }

  /** After the object has gone from one owner to another, who takes his place in every grant. */
  public Acl withOwner(long before, long after) {
    Acl result = NONE;
    for (AclItem item : items) {
      long grantee = item.grantee() == before ? after : item.grantee();
      long grantor = item.grantor() == before ? after : item.grantor();
      result = result.grant(grantee, item.privileges(), item.options(), grantor);
    }
    return result;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compiled regular expression. Immutable, shared between threads.
 *
 * <p>Every method that searches throws {@code STATEMENT_TOO_COMPLEX} when the search needs too many
 * steps or too deep a stack, and whatever {@code check} throws.
 */
public final class Regex {
  private static final int CACHED_MAX = 256;

  private record Key(String source, RegexFlags flags) {}

  /** The expressions used last; guarded by itself. */
  private static final Map<Key, Regex> CACHE =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Regex> eldest) {
          return size() > CACHED_MAX;
        }
      };

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * The expression, compiled once while it is in use.
   *
   * @throws DistDbException {@code INVALID_REGULAR_EXPRESSION}
   */
  public static Regex of(String source, RegexFlags flags) {
    Key key = new Key(source, flags);
    synchronized (CACHE) {
      Regex known = CACHE.get(key);
      if (known != null) {
        return known;
      }
    }
    Regex compiled;
    try {
      compiled = new Regex(RegexTranslator.compile(source, flags));
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "regular expression is not supported: " + e.getDescription(),
          e);
    } catch (StackOverflowError e) {
      throw RegexErrors.failed();
    }
    synchronized (CACHE) {
      CACHE.put(key, compiled);
    }
    return compiled;
  }

  private Matcher matcher(String text, Runnable check) {
    return pattern.matcher(new GuardedText(text, check));
  }

  private static boolean guarded(Matcher matcher, Predicate<Matcher> search) {
    try {
      return search.test(matcher);
    } catch (StackOverflowError e) {
      throw RegexErrors.failed();
    }
  }

  /** Whether it matches anywhere in {@code text}. */
  public boolean isFoundIn(String text, Runnable check) {
    return guarded(matcher(text, check), Matcher::find);
  }

  /** The first match's first group, or the match when there is no group; null for none. */
  public String substring(String text, Runnable check) {
    Matcher matcher = matcher(text, check);
    if (!guarded(matcher, Matcher::find)) {
      return null;
    }
    return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
  }

  /** Matches from {@code start} on, each with where it is. */
  public List<Match> matches(String text, int start, boolean all, Runnable check) {
    List<Match> matches = new ArrayList<>();
    Matcher matcher = matcher(text, check);
    int from = start;
    while (from <= text.length()) {
      int position = from;
      if (!guarded(matcher, m -> m.find(position))) {
        break;
      }
      matches.add(Match.of(matcher));
      if (!all) {
        break;
      }
      from = matcher.end() > matcher.start() ? matcher.end() : next(text, matcher.end());
      if (from > text.length()) {
        break;
      }
    }
    return matches;
  }

  private static int next(String text, int at) {
    return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
  }

  /**
   * @param groups what the groups matched, null where one did not; the match when there are none
   */
  public record Match(int start, int end, List<String> groups, List<int[]> spans) {
    static Match of(Matcher matcher) {
      List<String> groups = new ArrayList<>();
      List<int[]> spans = new ArrayList<>();
      for (int i = 1; i <= matcher.groupCount(); i++) {
        groups.add(matcher.group(i));
        spans.add(new int[] {matcher.start(i), matcher.end(i)});
      }
      if (groups.isEmpty()) {
        groups.add(matcher.group());
      }
      return new Match(matcher.start(), matcher.end(), groups, spans);
    }
  }

  /**
   * {@code regexp_replace}: {@code \1} to {@code \9} and {@code \&} in the replacement stand for
   * what matched.
   *
   * @param occurrence the match to replace, from 1; 0 for all
   */
  public String replace(
      String text, String replacement, int start, int occurrence, Runnable check) {
    List<Match> matches = matches(text, start, occurrence != 1, check);
    StringBuilder out = new StringBuilder(text.length() + replacement.length());
    int copied = 0;
    for (int i = 0; i < matches.size(); i++) {
      Match match = matches.get(i);
      if (occurrence != 0 && occurrence != i + 1) {
        continue;
      }
      out.append(text, copied, match.start());
      expand(out, text, replacement, match);
      copied = match.end();
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static void expand(StringBuilder out, String text, String replacement, Match match) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\' || i + 1 == replacement.length()) {
        out.append(c);
        continue;
      }
      char next = replacement.charAt(++i);
      if (next == '&') {
        out.append(text, match.start(), match.end());
      } else if (next >= '1' && next <= '9') {
        int group = next - '1';
        if (group < match.spans().size() && match.spans().get(group)[0] >= 0) {
          out.append(text, match.spans().get(group)[0], match.spans().get(group)[1]);
        }
      } else if (next == '\\') {
        out.append('\\');
      } else {
        out.append('\\').append(next);
      }
    }
  }

  /** The text between matches; an empty match splits nothing at the text's ends. */
  public List<String> split(String text, Runnable check) {
    List<String> parts = new ArrayList<>();
    int copied = 0;
    for (Match match : matches(text, 0, true, check)) {
      boolean empty = match.start() == match.end();
      if (empty && (match.start() == copied || match.start() >= text.length())) {
        continue;
      }
      parts.add(text.substring(copied, match.start()));
      copied = match.end();
    }
    parts.add(text.substring(copied));
    return parts;
  }
}

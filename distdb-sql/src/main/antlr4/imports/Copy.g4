// SPDX-License-Identifier: MIT
// COPY, in today's form and in that of PostgreSQL before 9.0.
parser grammar Copy;

copy
    : COPY (qualifiedName (LEFT_PAREN nameList RIGHT_PAREN)? | subquery)
      (FROM | TO) copyPlace
      WITH? (LEFT_PAREN copyOption (COMMA copyOption)* RIGHT_PAREN | copyWord*)
      (WHERE expression)?
    ;

// A file, or STDIN and STDOUT.
copyPlace
    : STRING
    | name STRING?
    ;

copyOption
    : label copyValue?
    ;

copyValue
    : label
    | STRING
    | INTEGER_NUMBER
    | STAR
    | LEFT_PAREN nameList RIGHT_PAREN
    ;

copyWord
    : name | AS | NULL | NOT | RESERVED_WORD | STRING | STAR | COMMA
    ;

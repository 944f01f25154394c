// SPDX-License-Identifier: MIT
// Roles, and who may do what: CREATE, ALTER and DROP ROLE, GRANT, REVOKE, owners.
// SUPERUSER, LOGIN, TABLES and their kin are plain identifiers, told apart by the builder.
parser grammar Roles;

roleStatement
    : createRole
    | alterRole
    | dropRole
    | grant
    | revoke
    | reassignOwned
    | dropOwned
    | alterDatabase
    | alterDefaultPrivileges
    ;

// SESSION_VALUE is USER
roleWord
    : ROLE | GROUP | SESSION_VALUE
    ;

// SESSION_VALUE is CURRENT_USER and its like
roleName
    : name
    | SESSION_VALUE
    ;

roleNames
    : roleName (COMMA roleName)*
    ;

createRole
    : CREATE roleWord name WITH? roleOption*
    ;

roleOption
    : IDENTIFIER
    | INHERIT
    | IDENTIFIER (STRING | NULL)
    | IDENTIFIER INTEGER_NUMBER
    | IDENTIFIER LIMIT signedNumber
    | VALID IDENTIFIER STRING
    | IN roleWord nameList
    | roleWord nameList
    | ADMIN nameList
    ;

alterRole
    : ALTER roleWord from=name RENAME TO to=name
    | ALTER roleWord (roleName | ALL) (IN DATABASE database=name)?
      ( SET settingName (TO | EQUAL) (DEFAULT | settingValue (COMMA settingValue)*)
      | SET settingName FROM CURRENT
      | RESET (ALL | settingName)
      )
    | ALTER roleWord roleName (ADD | DROP) SESSION_VALUE nameList
    | ALTER roleWord roleName WITH? roleOption+
    ;

dropRole
    : DROP roleWord (IF EXISTS)? roleNames
    ;

grant
    : GRANT privileges ON grantTarget TO grantees (WITH GRANT OPTION)? grantedBy?
    | GRANT nameList TO grantees (WITH ADMIN OPTION)? grantedBy?
    ;

revoke
    : REVOKE (GRANT OPTION FOR)? privileges ON grantTarget FROM grantees grantedBy? dropBehavior?
    | REVOKE (ADMIN OPTION FOR)? nameList FROM grantees grantedBy? dropBehavior?
    ;

privileges
    : ALL PRIVILEGES? (LEFT_PAREN nameList RIGHT_PAREN)?
    | privilege (COMMA privilege)*
    ;

privilege
    : (SELECT | REFERENCES | CREATE | name) (LEFT_PAREN nameList RIGHT_PAREN)?
    ;

grantTarget
    : ALL IDENTIFIER IN SCHEMA nameList
    | SCHEMA nameList
    | DATABASE nameList
    | SEQUENCE qualifiedName (COMMA qualifiedName)*
    | TABLE? qualifiedName (COMMA qualifiedName)*
    | (IDENTIFIER | TYPE | FOREIGN | TABLESPACE) balanced+
    ;

grantees
    : GROUP? roleName (COMMA GROUP? roleName)*
    ;

grantedBy
    : GRANTED BY roleName
    ;

reassignOwned
    : REASSIGN OWNED BY roleNames TO roleName
    ;

dropOwned
    : DROP OWNED BY roleNames dropBehavior?
    ;

alterDatabase
    : ALTER DATABASE name (OWNER TO roleName | balanced+)
    ;

alterDefaultPrivileges
    : ALTER DEFAULT PRIVILEGES defaultScope*
      ( GRANT privileges ON defaultTarget TO grantees (WITH GRANT OPTION)?
      | REVOKE (GRANT OPTION FOR)? privileges ON defaultTarget FROM grantees dropBehavior?
      )
    ;

defaultScope
    : FOR roleWord roleNames
    | IN SCHEMA nameList
    ;

// tables, sequences, schemas
defaultTarget
    : IDENTIFIER
    ;

-- What the model needs of PostgreSQL's catalog, in a few statements for the whole database. Works on PostgreSQL 14 to 18:
-- columns that only newer servers have are read through to_jsonb(row), which has them or not.
-- Parameters: schemas (text[] or null); oid[]: tables, members (partitions), relations (both), types.

-- name: database
select current_database()::text as name,
       array(select e.extname::text from pg_extension e) as extensions

-- name: tables
-- Under row-level security a role sees and changes nothing without a permissive policy that lets it.
select c.oid::int8 as oid,
       n.nspname::text as schema,
       c.relname::text as name,
       c.relkind::text as kind,
       d.description as comment,
       row_security_active(c.oid) as row_security,
       has_table_privilege(c.oid, 'SELECT') and seen.any as may_select,
       has_any_column_privilege(c.oid, 'INSERT') as may_insert,
       has_table_privilege(c.oid, 'UPDATE') and seen.any and seen.changeable as may_update,
       pg_has_role(c.relowner, 'USAGE') as owner
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
cross join lateral (
    select not row_security_active(c.oid) or bool_or(p.polcmd in ('r', '*')) is true as any,
           not row_security_active(c.oid) or bool_or(p.polcmd in ('w', '*')) is true as changeable
    from pg_policy p
    where p.polrelid = c.oid
      and p.polpermissive
      and p.polqual is not null
      and exists (
          select
          from unnest(p.polroles) r(oid)
          where case when r.oid = 0 then true else pg_has_role(r.oid, 'USAGE') end
      )
) seen
where c.relkind in ('r', 'p', 'f')
  and not c.relispartition
  and left(n.nspname, 3) <> 'pg_'
  and n.nspname <> 'information_schema'
  and has_schema_privilege(n.oid, 'USAGE')
  and (%(schemas)s::text[] is null or n.nspname = any (%(schemas)s::text[]))
  and not exists (
      select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'
  )

-- name: table_names
select n.nspname::text as schema, c.relname::text as name
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f')
  and not c.relispartition
  and left(n.nspname, 3) <> 'pg_'
  and n.nspname <> 'information_schema'
  and has_schema_privilege(n.oid, 'USAGE')
order by 1, 2

-- name: members
-- Every partition, at any level, of the partitioned tables. A foreign table takes no rows that we could vouch for.
select root.oid::int8 as root,
       c.oid::int8 as oid,
       n.nspname::text as schema,
       c.relname::text as name,
       tree.isleaf as leaf,
       pg_get_partition_constraintdef(c.oid) as constraint,
       array(select a.relid::oid::int8 from pg_partition_ancestors(c.oid) a where a.relid <> c.oid) as ancestors
from pg_class root
cross join pg_partition_tree(root.oid) tree
join pg_class c on c.oid = tree.relid and c.relkind in ('r', 'p')
join pg_namespace n on n.oid = c.relnamespace
where root.oid = any (%(tables)s::oid[]) and root.relkind = 'p' and tree.level > 0

-- name: partitioned
select p.partrelid::int8 as oid,
       p.partstrat::text as strategy,
       array(
           select a.attname::text
           from unnest(p.partattrs::int2[]) with ordinality k(number, position)
           join pg_attribute a on a.attrelid = p.partrelid and a.attnum = k.number
           order by k.position
       ) as columns,
       pg_get_expr(p.partexprs, p.partrelid) as expressions
from pg_partitioned_table p
where p.partrelid = any (%(tables)s::oid[])

-- name: columns
select a.attrelid::int8 as relation,
       a.attname::text as name,
       a.atttypid::int8 as type,
       a.atttypmod as typmod,
       format_type(a.atttypid, a.atttypmod) as display,
       a.attnotnull as not_null,
       a.attidentity::text as identity,
       a.attgenerated::text as generated,
       pg_get_expr(v.adbin, v.adrelid) as expression,
       case when l.oid is not null then l.collname::text end as collation,
       case when l.oid is not null then ln.nspname::text end as collation_schema,
       d.description as comment,
       has_column_privilege(a.attrelid, a.attnum, 'INSERT') as insertable
from pg_attribute a
join pg_type t on t.oid = a.atttypid
left join pg_attrdef v on v.adrelid = a.attrelid and v.adnum = a.attnum
left join pg_collation l on l.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_namespace ln on ln.oid = l.collnamespace
left join pg_description d
    on d.classoid = 'pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
where a.attrelid = any (%(tables)s::oid[]) and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum

-- name: required
-- Columns that partitions forbid to be null.
select a.attrelid::int8 as relation, a.attname::text as name
from pg_attribute a
where a.attrelid = any (%(members)s::oid[]) and a.attnum > 0 and a.attnotnull and not a.attisdropped

-- name: sequences
-- A sequence belongs to a column (identity, serial) or is called by the column's default; often both. How far it has come
-- matters where the role can't see all rows of the table.
with owned as (
    select d.refobjid as relation, d.refobjsubid as number, d.objid as sequence
    from pg_depend d
    where d.classid = 'pg_class'::regclass
      and d.refclassid = 'pg_class'::regclass
      and d.refobjid = any (%(tables)s::oid[])
      and d.refobjsubid > 0
      and d.deptype in ('a', 'i')
), called as (
    select v.adrelid as relation, v.adnum as number, d.refobjid as sequence
    from pg_attrdef v
    join pg_depend d
        on d.classid = 'pg_attrdef'::regclass and d.objid = v.oid and d.refclassid = 'pg_class'::regclass
    where v.adrelid = any (%(tables)s::oid[])
), drawn as (
    select relation, number, sequence, true as owned from owned
    union all
    select relation, number, sequence, false from called
)
select u.relation::int8 as relation,
       a.attname::text as column,
       n.nspname::text as schema,
       c.relname::text as name,
       s.seqstart as start,
       s.seqincrement as increment,
       s.seqmin as low,
       s.seqmax as high,
       bool_or(u.owned) as owned,
       bool_or(not u.owned) as called,
       max(
           case
               when (
                   row_security_active(u.relation)
                   or not has_table_privilege(u.relation, 'SELECT')
                   or exists (
                       select
                       from drawn as o
                       where o.sequence = u.sequence and (o.relation, o.number) <> (u.relation, u.number)
                   )
               )
                   and has_sequence_privilege(u.sequence, 'USAGE, SELECT')
               then pg_sequence_last_value(u.sequence)
           end
       ) as last
from drawn u
join pg_sequence s on s.seqrelid = u.sequence
join pg_class c on c.oid = u.sequence
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = u.relation and a.attnum = u.number
group by 1, 2, 3, 4, 5, 6, 7, 8

-- name: types
with recursive used (oid) as (
    select unnest(%(types)s::oid[])
    union
    select part.oid
    from used u
    join pg_type t on t.oid = u.oid
    cross join lateral (
        select t.typbasetype where t.typtype = 'd'
        union all
        select t.typelem where t.typelem <> 0
        union all
        select a.atttypid
        from pg_attribute a
        where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
        union all
        select r.rngsubtype from pg_range r where r.rngtypid = t.oid
        union all
        select r.rngtypid from pg_range r where r.rngmultitypid = t.oid
    ) part (oid)
)
select t.oid::int8 as oid,
       n.nspname::text as schema,
       t.typname::text as name,
       t.typtype::text as kind,
       format_type(t.oid, null) as display,
       case when e.typarray = t.oid then e.oid::int8 end as element,
       case when t.typtype = 'd' then t.typbasetype::int8 end as base,
       t.typtypmod as base_typmod,
       case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base_display,
       t.typnotnull as not_null,
       case when t.typtype = 'd' then coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) end as default,
       coalesce(
           (select r.rngsubtype::int8 from pg_range r where r.rngtypid = t.oid),
           (select r.rngtypid::int8 from pg_range r where r.rngmultitypid = t.oid)
       ) as subtype,
       (
           select x.extname::text
           from pg_depend d
           join pg_extension x on x.oid = d.refobjid
           where d.classid = 'pg_type'::regclass
             and d.objid = t.oid
             and d.deptype = 'e'
             and d.refclassid = 'pg_extension'::regclass
       ) as extension,
       case when t.typtype = 'e' then array(
           select l.enumlabel::text from pg_enum l where l.enumtypid = t.oid order by l.enumsortorder
       ) else '{}' end as labels
from used u
join pg_type t on t.oid = u.oid
join pg_namespace n on n.oid = t.typnamespace
left join pg_type e on e.oid = t.typelem

-- name: attributes
select t.oid::int8 as type,
       a.attname::text as name,
       a.atttypid::int8 as attribute_type,
       a.atttypmod as typmod,
       format_type(a.atttypid, a.atttypmod) as display
from pg_type t
join pg_attribute a on a.attrelid = t.typrelid
where t.oid = any (%(types)s::oid[]) and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
order by t.oid, a.attnum

-- name: domain_checks
select k.contypid::int8 as type,
       k.conname::text as name,
       pg_get_expr(k.conbin, 0) as expression,
       k.convalidated as validated
from pg_constraint k
where k.contypid = any (%(types)s::oid[]) and k.contype = 'c'

-- name: checks
select k.conrelid::int8 as relation,
       k.conname::text as name,
       pg_get_expr(k.conbin, k.conrelid) as expression,
       array(
           select a.attname::text
           from pg_attribute a
           where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
           order by a.attnum
       ) as columns,
       k.convalidated as validated,
       k.connoinherit as no_inherit
from pg_constraint k
where k.conrelid = any (%(relations)s::oid[])
  and k.contype = 'c'
  and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)

-- name: foreign_keys
-- A key that points at a partition is taken to point at the partitioned table: its rows are put in through that.
select k.conrelid::int8 as relation,
       k.conname::text as name,
       n.nspname::text as parent_schema,
       p.relname::text as parent,
       array(
           select a.attname::text
           from unnest(k.conkey) with ordinality u(number, position)
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
           order by u.position
       ) as columns,
       array(
           select a.attname::text
           from unnest(k.confkey) with ordinality u(number, position)
           join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number
           order by u.position
       ) as parent_columns,
       k.confmatchtype = 'f' as match_full,
       k.condeferrable as deferrable,
       k.condeferred as initially_deferred,
       k.convalidated as validated
from pg_constraint k
join pg_class f on f.oid = k.confrelid
join pg_class p on p.oid = case when f.relispartition then pg_partition_root(f.oid)::oid else f.oid end
join pg_namespace n on n.oid = p.relnamespace
where k.conrelid = any (%(relations)s::oid[])
  and k.contype = 'f'
  and k.conparentid = 0
  and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)

-- name: indexes
-- Unique indexes, and those behind exclusion constraints, which have operators. An index of a partition that is
-- attached to a valid index of the table above it says nothing new. An index whose CREATE INDEX CONCURRENTLY failed is not
-- valid, but once it is ready it still refuses repeated keys; on a partitioned table not being valid says that it is not
-- complete, so the partitions' own indexes count.
select i.indexrelid::int8 as oid,
       i.indrelid::int8 as relation,
       c.relname::text as name,
       m.amname::text as method,
       i.indisprimary as primary,
       k.oid is not null as constraint,
       not i.indimmediate as deferrable,
       not coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as nulls_distinct,
       pg_get_expr(i.indpred, i.indrelid, true) as predicate,
       array(
           select a.attname::text
           from generate_series(0, i.indnkeyatts - 1) g(position)
           left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = nullif(i.indkey[g.position], 0)
           order by g.position
       ) as columns,
       array(
           select case when i.indkey[g.position] = 0 then pg_get_indexdef(i.indexrelid, g.position + 1, true) end
           from generate_series(0, i.indnkeyatts - 1) g(position)
           order by g.position
       ) as expressions,
       case when i.indisexclusion then array(
           select o.oprname::text
           from unnest(k.conexclop) with ordinality u(operator, position)
           join pg_operator o on o.oid = u.operator
           order by u.position
       ) else '{}' end as operators
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
left join pg_constraint k
    on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
where i.indrelid = any (%(relations)s::oid[])
  and (i.indisunique or i.indisexclusion)
  and i.indisready
  and (i.indisvalid or c.relkind = 'i')
  and not exists (
      select
      from pg_inherits h
      join pg_index above on above.indexrelid = h.inhparent
      where h.inhrelid = i.indexrelid and above.indisvalid
  )

-- name: functions
-- The functions of the database's own that conditions, domains, policies and generated columns call, and those that they
-- name in their own text. One that is told by a body in SQL's own form has no source text.
with recursive called(oid, depth) as (
    select d.refobjid, 0
    from pg_depend d
    left join pg_constraint k on d.classid = 'pg_constraint'::regclass and d.objid = k.oid
    left join pg_attrdef e on d.classid = 'pg_attrdef'::regclass and d.objid = e.oid
    left join pg_policy y on d.classid = 'pg_policy'::regclass and d.objid = y.oid
    where d.refclassid = 'pg_proc'::regclass
      and (
          k.conrelid = any (%(relations)s::oid[])
          or y.polrelid = any (%(relations)s::oid[])
          or k.contypid = any (%(types)s::oid[])
          or e.adrelid = any (%(relations)s::oid[])
      )
    union
    select p.oid, called.depth + 1
    from called
    join pg_proc b on b.oid = called.oid
    join pg_proc p on strpos(b.prosrc, p.proname || '(') > 0
    join pg_namespace n on n.oid = p.pronamespace
    where called.depth < 3 and n.nspname not in ('pg_catalog', 'information_schema')
)
select n.nspname::text as schema,
       p.proname::text as name,
       l.lanname::text as language,
       coalesce(p.proargnames[:p.pronargs], array_fill(''::text, array[p.pronargs::int])) as arguments,
       array(
           select format_type(a.type, null) from unnest(p.proargtypes::oid[]) with ordinality a(type, number) order by number
       ) as types,
       format_type(p.prorettype, null) as returns,
       p.proisstrict as strict,
       coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as source
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.oid in (select oid from called)
  and l.lanname in ('sql', 'plpgsql')
  and p.prokind = 'f'
  and not p.proretset
  and p.proargmodes is null
  and n.nspname not in ('pg_catalog', 'information_schema')
order by n.nspname, p.proname, p.oid

-- name: triggers
-- The bits of tgtype: 1 for each row, 2 before, 4 on insert, 64 instead of. A trigger that PostgreSQL copied from a
-- partitioned table to its partitions has a parent.
select t.tgrelid::int8 as relation,
       t.tgname::text as name,
       case when t.tgtype & 2 <> 0 then 'before' when t.tgtype & 64 <> 0 then 'instead of' else 'after' end as timing,
       case when t.tgtype & 1 <> 0 then 'row' else 'statement' end as level,
       n.nspname::text as function_schema,
       p.proname::text as function,
       t.tgconstraint <> 0 as constraint,
       t.tgdeferrable as deferrable,
       p.prosrc as source
from pg_trigger t
join pg_proc p on p.oid = t.tgfoid
join pg_namespace n on n.oid = p.pronamespace
where t.tgrelid = any (%(relations)s::oid[])
  and not t.tgisinternal
  and t.tgparentid = 0
  and t.tgenabled in ('A', case current_setting('session_replication_role') when 'replica' then 'R' else 'O' end)
  and t.tgtype & 4 <> 0

-- name: rules
select r.ev_class::int8 as relation,
       r.rulename::text as name,
       r.is_instead and r.ev_qual = '<>' as instead
from pg_rewrite r
where r.ev_class = any (%(tables)s::oid[])
  and r.ev_type = '3'
  and r.ev_enabled in ('A', case current_setting('session_replication_role') when 'replica' then 'R' else 'O' end)

-- name: policies
-- What rows that the connected role inserts must satisfy. A policy without an expression allows and forbids nothing; the
-- number 0 among its roles means everybody.
select p.polrelid::int8 as relation,
       p.polname::text as name,
       p.polpermissive as permissive,
       pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid) as expression
from pg_policy p
where p.polrelid = any (%(tables)s::oid[])
  and p.polcmd in ('a', '*')
  and coalesce(p.polwithcheck, p.polqual) is not null
  and row_security_active(p.polrelid)
  and exists (
      select
      from unnest(p.polroles) r(oid)
      where case when r.oid = 0 then true else pg_has_role(r.oid, 'USAGE') end
  )

-- name: setting_readers
-- Functions of the database's own that look at settings of the session.
select n.nspname::text as schema,
       p.proname::text as name,
       coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as source
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where left(n.nspname, 3) <> 'pg_'
  and n.nspname <> 'information_schema'
  and p.prokind in ('f', 'p')
  and coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) ilike '%%current_setting%%'
  and not exists (
      select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e'
  )

-- name: inheritance
select h.inhrelid::int8 as relation, n.nspname::text as schema, c.relname::text as name
from pg_inherits h
join pg_class c on c.oid = h.inhparent
join pg_namespace n on n.oid = c.relnamespace
where h.inhrelid = any (%(tables)s::oid[])
order by h.inhrelid, h.inhseqno

-- name: guards
-- The functions that an INSERT into a relation may run: those of its triggers, CHECKs and policies, and the functions
-- that these name. A function in SQL's own form has no source text.
with recursive called(oid, depth) as (
    select t.tgfoid, 0
    from pg_trigger t
    where t.tgrelid = %(relation)s::regclass and not t.tgisinternal and t.tgtype & 4 <> 0
    union
    select d.refobjid, 0
    from pg_depend d
    left join pg_constraint c on d.classid = 'pg_constraint'::regclass and d.objid = c.oid
    left join pg_policy y on d.classid = 'pg_policy'::regclass and d.objid = y.oid
    where d.refclassid = 'pg_proc'::regclass
      and (c.conrelid = %(relation)s::regclass or y.polrelid = %(relation)s::regclass)
    union
    select p.oid, called.depth + 1
    from called
    join pg_proc b on b.oid = called.oid
    join pg_proc p on strpos(lower(b.prosrc), lower(p.proname) || '(') > 0
    join pg_namespace n on n.oid = p.pronamespace
    where called.depth < 3 and n.nspname not in ('pg_catalog', 'information_schema')
)
select coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as source
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where p.oid in (select oid from called) and n.nspname not in ('pg_catalog', 'information_schema')
order by n.nspname, p.proname, p.oid

-- name: called
-- The functions of the database's own that rows going into some relations may run: those of triggers, defaults,
-- generated columns, CHECKs (of domains, too) and policies, and those that these name, with what rules do; and whether
-- one is a trigger's that shows no source. Functions of an extension look into no table, but as triggers they may.
with recursive wanted as (
    select c.oid from pg_class c where c.oid = any(%(relations)s::regclass[])
), owners(classid, objid) as (
    select 'pg_constraint'::regclass, k.oid from pg_constraint k
    where k.conrelid in (select oid from wanted) or k.contypid <> 0
    union all
    select 'pg_attrdef'::regclass, a.oid from pg_attrdef a where a.adrelid in (select oid from wanted)
    union all
    select 'pg_policy'::regclass, y.oid from pg_policy y where y.polrelid in (select oid from wanted)
), triggers as (
    select t.tgfoid
    from pg_trigger t
    where t.tgrelid in (select oid from wanted) and not t.tgisinternal and t.tgtype & 20 <> 0 and t.tgenabled <> 'D'
), own as (
    select p.oid, p.proname, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as source,
           l.lanname in ('c', 'internal') as sourceless,
           exists (select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
               as of_extension
    from pg_proc p
    join pg_language l on l.oid = p.prolang
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
), called(oid, depth) as (
    select tgfoid, 0 from triggers
    union
    select d.refobjid, 0 from pg_depend d join owners o on d.classid = o.classid and d.objid = o.objid
    where d.refclassid = 'pg_proc'::regclass
    union
    select p.oid, called.depth + 1
    from called
    join own b on b.oid = called.oid and not b.of_extension
    join own p on not p.of_extension and strpos(lower(b.source), lower(p.proname) || '(') > 0
    where called.depth < 3
)
select own.source, own.sourceless and own.oid in (select tgfoid from triggers) as opaque
from own
where own.oid in (select oid from called) and (not own.of_extension or own.oid in (select tgfoid from triggers))
union all
select pg_get_ruledef(r.oid), false
from pg_rewrite r
where r.ev_class in (select oid from wanted) and r.rulename <> '_RETURN'

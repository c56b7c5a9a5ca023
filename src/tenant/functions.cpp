// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/functions.h"

#include <QSet>
#include <QStringList>

#include <array>

namespace tenant
{

namespace
{

constexpr std::array lists{
    // Text
    "ascii bit_length btrim char_length character_length chr concat concat_ws format initcap left "
    "length like_escape lower lpad ltrim md5 normalize is_normalized octet_length overlay "
    "parse_ident position quote_ident quote_literal quote_nullable regexp_count regexp_instr "
    "regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array "
    "regexp_split_to_table regexp_substr repeat replace reverse right rpad rtrim similar_escape "
    "similar_to_escape split_part starts_with string_to_array string_to_table strpos substr "
    "substring to_ascii to_bin to_hex to_oct translate trim unistr upper",
    // Bytes
    "bit_count convert convert_from convert_to decode encode get_bit get_byte set_bit set_byte "
    "sha224 sha256 sha384 sha512",
    // Numbers
    "abs acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cbrt ceil ceiling cos "
    "cosd cosh cot cotd degrees div erf erfc exp factorial floor gcd lcm ln log log10 min_scale "
    "mod pi power pow radians random round scale sign sin sind sinh sqrt tan tand tanh to_number "
    "trim_scale trunc width_bucket numeric_inc",
    // Date and time
    "age clock_timestamp date_add date_bin date_part date_subtract date_trunc extract isfinite "
    "justify_days justify_hours justify_interval make_date make_interval make_time make_timestamp "
    "make_timestamptz now overlaps statement_timestamp timeofday timezone to_char to_date "
    "to_timestamp transaction_timestamp",
    // Types and choices
    "bool bpchar coalesce date enum_first enum_last enum_range float4 float8 gen_random_uuid "
    "greatest int2 int4 int8 interval least num_nonnulls num_nulls numeric pg_column_size "
    "pg_size_pretty pg_typeof text time timestamp timestamptz timetz uuid_extract_timestamp "
    "uuid_extract_version uuidv4 uuidv7 varchar",
    // Arrays
    "array_append array_cat array_dims array_fill array_length array_lower array_ndims "
    "array_position array_positions array_prepend array_remove array_replace array_sample "
    "array_shuffle array_to_string array_upper cardinality generate_series generate_subscripts "
    "trim_array unnest",
    // Ranges
    "daterange int4range int8range isempty lower_inc lower_inf multirange numrange range_merge "
    "tsrange tstzrange upper_inc upper_inf int4multirange int8multirange nummultirange "
    "tsmultirange tstzmultirange datemultirange",
    // Network addresses and geometry
    "abbrev broadcast family host hostmask inet_merge inet_same_family macaddr8_set7bit masklen "
    "netmask network set_masklen area bound_box box center circle diagonal diameter height "
    "isclosed isopen line lseg npoints path pclose point polygon popen radius slope width",
    // JSON
    "array_to_json json_array_elements json_array_elements_text json_array_length "
    "json_build_array json_build_object json_each json_each_text json_extract_path "
    "json_extract_path_text json_object json_object_keys json_populate_record "
    "json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_typeof "
    "jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_array "
    "jsonb_build_object jsonb_concat jsonb_delete jsonb_delete_path jsonb_each jsonb_each_text "
    "jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path jsonb_extract_path_text "
    "jsonb_insert jsonb_object jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz "
    "jsonb_path_match jsonb_path_match_tz jsonb_path_query jsonb_path_query_array "
    "jsonb_path_query_array_tz jsonb_path_query_first jsonb_path_query_first_tz "
    "jsonb_path_query_tz jsonb_populate_record jsonb_populate_recordset jsonb_pretty jsonb_set "
    "jsonb_set_lax jsonb_strip_nulls jsonb_to_record jsonb_to_recordset jsonb_typeof row_to_json "
    "to_json to_jsonb xml_is_well_formed xmlcomment xpath xpath_exists",
    // Full text
    "array_to_tsvector get_current_ts_config json_to_tsvector jsonb_to_tsvector numnode "
    "phraseto_tsquery plainto_tsquery querytree setweight strip to_tsquery to_tsvector ts_delete "
    "ts_filter ts_headline ts_rank ts_rank_cd tsquery_phrase tsvector_to_array "
    "websearch_to_tsquery",
    // Aggregates
    "any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop "
    "covar_samp every grouping json_agg json_object_agg jsonb_agg jsonb_object_agg max min mode "
    "percentile_cont percentile_disc range_agg range_intersect_agg regr_avgx regr_avgy "
    "regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev stddev_pop "
    "stddev_samp string_agg sum var_pop var_samp variance xmlagg",
    // Windows
    "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank "
    "row_number",
};

} // namespace

bool isHarmless(const QString &function)
{
    static const QSet<QString> names = [] {
        QSet<QString> result;
        for (const char *list : lists) {
            const QStringList words = QString::fromLatin1(list).split(u' ');
            result.unite(QSet<QString>(words.begin(), words.end()));
        }
        return result;
    }();
    const QLatin1String own("pg_catalog.");
    return names.contains(function.startsWith(own) ? function.mid(own.size()) : function);
}

} // namespace tenant

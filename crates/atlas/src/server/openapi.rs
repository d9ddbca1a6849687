//! What can be asked, as OpenAPI: addresses by hand, documents from the types that are written.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Info, Ref, Required};
use utoipa::{OpenApi, ToSchema};

use super::problem::Problem;
use crate::documents::{Answer, AreaDoc, EditionDoc, Editions, Find, FlowMap, MapDoc};
use crate::format::Format;
use crate::rerun::{Grid, Rerun};
use crate::tiles::Sketch;

/// A page of a table.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Table)]
struct Page {
    /// Name of the table.
    table: String,
    /// Rows that the filters leave, on all pages together.
    total: usize,
    /// Place of the first row among them.
    offset: usize,
    /// Rows by column; a missing value is null.
    rows: Vec<BTreeMap<String, serde_json::Value>>,
}

#[derive(OpenApi)]
#[openapi(components(schemas(
    Answer, AreaDoc, EditionDoc, Editions, Find, FlowMap, Grid, MapDoc, Page, Problem, Rerun, Sketch
)))]
struct Schemas;

/// An address and what stands there.
struct Operation {
    path: &'static str,
    summary: &'static str,
    /// Name of the schema, or media type of what is no JSON.
    answer: Kind,
    query: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy)]
enum Kind {
    Document(&'static str),
    File(&'static str),
}

const fn file_at(path: &'static str, media: &'static str, summary: &'static str) -> Operation {
    Operation { path, summary, answer: Kind::File(media), query: &[] }
}

const fn document_at(path: &'static str, schema: &'static str, summary: &'static str) -> Operation {
    Operation { path, summary, answer: Kind::Document(schema), query: &[] }
}

const TABLE_QUERY: &[(&str, &str)] = &[
    ("sort", "Columns, the first foremost; a minus before one sorts it falling. Missing values come last."),
    ("limit", "Most rows to answer; the header `Link` leads to the other pages."),
    ("offset", "Rows to leave out at the beginning."),
    (
        "columns",
        "Columns to answer, in this order. Any other parameter is a column, and keeps the rows with that value.",
    ),
];

const OPERATIONS: &[Operation] = &[
    document_at("editions.json", "Editions", "The editions"),
    file_at("openapi.json", "application/json", "This document"),
    file_at("health", "application/json", "Whether the server is well"),
    document_at(
        "editions/{edition}.json",
        "Edition",
        "An edition: its tables, parameters, sources and warnings",
    ),
    document_at("editions/{edition}/answer.json", "Answer", "How many districts, of what, how sure"),
    document_at("editions/{edition}/map.json", "MapDoc", "What a map needs before its tiles"),
    document_at(
        "editions/{edition}/sketch.json",
        "Sketch",
        "Outlines of areas, light enough to stand beside text",
    ),
    document_at("editions/{edition}/find.json", "Find", "Places to search"),
    document_at("editions/{edition}/areas/{slug}.json", "AreaDoc", "All that is known of an area"),
    file_at("editions/{edition}/zones/{slug}.json", "application/json", "A zone: its row of `zone_profiles`"),
    document_at("editions/{edition}/flow_map/{level}.json", "FlowMap", "Commuters between groups of areas"),
    document_at("editions/{edition}/grid.json", "Grid", "Reruns made beforehand"),
    document_at("editions/{edition}/grid/{n}.json", "Rerun", "A rerun made beforehand"),
    file_at(
        "editions/{edition}/tiles/{z}/{x}/{y}.mvt",
        "application/vnd.mapbox-vector-tile",
        "A tile of the map; 204 where it is empty",
    ),
    file_at(
        "editions/{edition}/tiles.pmtiles",
        "application/vnd.pmtiles",
        "All tiles in one file: only in a static site",
    ),
    Operation {
        path: "editions/{edition}/compare",
        summary: "Up to ten areas side by side",
        answer: Kind::Document("Table"),
        query: &[("areas", "Codes of areas, with commas between them.")],
    },
    Operation {
        path: "editions/{edition}/{table}.{format}",
        summary: "A table, or the rows and columns of it that are asked for",
        answer: Kind::Document("Table"),
        query: TABLE_QUERY,
    },
];

/// The OpenAPI document, of the program's version. Same program, same bytes.
pub fn document(version: &str) -> utoipa::openapi::OpenApi {
    let mut api = Schemas::openapi();
    api.info = Info::new("Distretto atlas", version);
    api.info.description = Some(
        "Labour market areas and industrial districts. A table without an ending is had in the format that `Accept` names.".to_owned(),
    );
    for operation in OPERATIONS {
        let path = format!("/api/v1/{}", operation.path);
        api.paths.paths.insert(path, PathItem::new(HttpMethod::Get, get(operation).build()));
    }
    let rerun = "/api/v1/editions/{edition}/rerun".to_owned();
    api.paths.paths.insert(rerun, PathItem::new(HttpMethod::Post, post_rerun().build()));
    super::tours::openapi::add(&mut api);
    api
}

/// The same as text, for people and files.
pub fn text(version: &str) -> String {
    document(version).to_pretty_json().map(|text| text + "\n").unwrap_or_default()
}

fn get(operation: &Operation) -> OperationBuilder {
    let mut builder = described(operation.path, operation.summary);
    for (name, description) in operation.query {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        let parameter = ParameterBuilder::new().name(*name).description(Some(*description));
        builder = builder.parameter(parameter.parameter_in(ParameterIn::Query).schema(Some(schema)));
    }
    let mut answer = ResponseBuilder::new().description(operation.summary);
    answer = match operation.answer {
        Kind::Document(schema) => answer.content("application/json", content(schema)),
        Kind::File(media) => answer.content(media, ContentBuilder::new().build()),
    };
    if operation.path.contains("{format}") {
        for format in Format::ALL.into_iter().filter(|format| *format != Format::Json) {
            answer = answer.content(format.media(), ContentBuilder::new().build());
        }
    }
    let without_body = |description: &str| ResponseBuilder::new().description(description).build();
    builder = builder
        .response("200", answer.build())
        .response("304", without_body("It is what `If-None-Match` names"))
        .response("404", problem("Nothing has this address"));
    if !operation.query.is_empty() {
        builder = builder.response("400", problem("A parameter or value that this address does not take"));
    }
    if operation.path.contains("tiles/{z}") {
        builder = builder.response("204", without_body("There is nothing in this tile"));
    }
    builder
}

fn post_rerun() -> OperationBuilder {
    let numbers = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(ObjectBuilder::new().schema_type(Type::Number)))
        .description(Some("Parameters by name; what is left out is as in the study."));
    let body = RequestBodyBuilder::new()
        .content("application/json", ContentBuilder::new().schema(Some(numbers)).build())
        .required(Some(Required::True));
    let answer =
        ResponseBuilder::new().description("The country again").content("application/json", content("Rerun"));
    described("editions/{edition}/rerun", "The country again, with other parameters")
        .request_body(Some(body.build()))
        .response("200", answer.build())
        .response("400", problem("A name that is no parameter, or numbers that are no rule"))
        .response("413", problem("The request is too long"))
        .response("422", problem("No area is as large and as self-contained as this asks for"))
        .response("503", problem("As many reruns as the server allows are under way, or it took too long"))
}

/// An operation with the parameters that its path names.
pub(super) fn described(path: &str, summary: &str) -> OperationBuilder {
    let names = path.split('{').skip(1).filter_map(|part| part.split('}').next());
    names.fold(OperationBuilder::new().summary(Some(summary)), |builder, name| {
        let schema = ObjectBuilder::new().schema_type(Type::String).build();
        let parameter = ParameterBuilder::new().name(name).required(Required::True);
        builder.parameter(parameter.parameter_in(ParameterIn::Path).schema(Some(schema)))
    })
}

pub(super) fn content(schema: &str) -> utoipa::openapi::Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).build()
}

pub(super) fn problem(description: &str) -> Response {
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content("Problem"))
        .build()
}

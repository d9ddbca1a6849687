//! What can be asked of tours, as OpenAPI.

use utoipa::OpenApi;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, Required};

use super::documents as docs;
use super::visitor::COOKIE_NAME;
use crate::server::openapi::{content, described, problem};

#[derive(OpenApi)]
#[openapi(components(schemas(
    docs::Login,
    docs::SessionDoc,
    docs::ToursDoc,
    docs::SheetDoc,
    docs::RevisionDoc,
    docs::VisitChange,
    docs::DemandsChange,
    docs::RulesChange,
    docs::WorthDoc,
    docs::LogDoc,
    docs::KeptPlanDoc,
    docs::PlanChange,
    docs::PlanRemoval,
    docs::Try,
    docs::TriedDoc,
    docs::Solve,
    docs::SolvedDoc,
    docs::Replan,
    docs::ReplannedDoc,
    docs::WhyNot,
    docs::ReasonsDoc,
    docs::PersonalDoc,
    docs::ContactDoc,
    docs::PersonDoc,
    docs::SharesDoc,
    docs::ShareWanted,
    docs::ShareDoc,
    docs::SharedDoc
)))]
struct Schemas;

/// Who may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Anybody,
    Viewer,
    Planner,
}

use Who::{Anybody, Planner, Viewer};

/// What is answered.
#[derive(Clone, Copy)]
enum Gives {
    Document(&'static str),
    Made(&'static str),
    Page,
    Nothing,
}

use Gives::{Document, Made, Nothing, Page};

/// An address with a method: who may ask, what is sent, what is answered.
struct Operation(HttpMethod, &'static str, &'static str, Who, Option<&'static str>, Gives);

const GET: HttpMethod = HttpMethod::Get;
const PUT: HttpMethod = HttpMethod::Put;
const POST: HttpMethod = HttpMethod::Post;
const DELETE: HttpMethod = HttpMethod::Delete;

fn operations() -> Vec<Operation> {
    vec![
        Operation(GET, "session", "Who is logged in", Anybody, None, Document("Session")),
        Operation(POST, "session", "Log in", Anybody, Some("Login"), Document("Session")),
        Operation(DELETE, "session", "Log out", Viewer, None, Nothing),
        Operation(GET, "tours", "The tours", Viewer, None, Document("Tours")),
        Operation(GET, "tours/{tour}", "A tour as it stands", Viewer, None, Document("TourSheet")),
        Operation(GET, "tours/{tour}/worth", "What visits are worth", Viewer, None, Document("TourWorth")),
        Operation(GET, "tours/{tour}/log", "Who changed what, and when", Planner, None, Document("TourLog")),
        Operation(
            PUT,
            "tours/{tour}/visits/{host}",
            "Change what was agreed with a host",
            Planner,
            Some("VisitChange"),
            Document("Revision"),
        ),
        Operation(
            PUT,
            "tours/{tour}/demands",
            "Change what is demanded of hosts",
            Planner,
            Some("DemandsChange"),
            Document("Revision"),
        ),
        Operation(
            PUT,
            "tours/{tour}/rules",
            "Change what counts",
            Planner,
            Some("RulesChange"),
            Document("Revision"),
        ),
        Operation(
            GET,
            "tours/{tour}/plans/{plan}",
            "A plan, with what is reckoned of it",
            Viewer,
            None,
            Document("KeptPlan"),
        ),
        Operation(
            PUT,
            "tours/{tour}/plans/{plan}",
            "Keep a plan",
            Planner,
            Some("PlanChange"),
            Document("KeptPlan"),
        ),
        Operation(
            DELETE,
            "tours/{tour}/plans/{plan}",
            "Remove a plan",
            Planner,
            Some("PlanRemoval"),
            Nothing,
        ),
        Operation(GET, "tours/{tour}/plans/{plan}/book.html", "The road book of a plan", Viewer, None, Page),
        Operation(POST, "tours/{tour}/try", "Try an order of visits", Viewer, Some("Try"), Document("Tried")),
        Operation(
            POST,
            "tours/{tour}/solve",
            "Look for the best plan",
            Viewer,
            Some("Solve"),
            Document("Solved"),
        ),
        Operation(
            POST,
            "tours/{tour}/replan",
            "Change a plan as little as possible",
            Viewer,
            Some("Replan"),
            Document("Replanned"),
        ),
        Operation(
            POST,
            "tours/{tour}/reasons",
            "Why hosts are not in a plan",
            Viewer,
            Some("WhyNot"),
            Document("Reasons"),
        ),
        Operation(
            GET,
            "tours/{tour}/personal",
            "Contacts, people and whom to call",
            Planner,
            None,
            Document("Personal"),
        ),
        Operation(
            PUT,
            "tours/{tour}/contacts/{host}",
            "Enter the contact of a host",
            Planner,
            Some("Contact"),
            Document("Revision"),
        ),
        Operation(
            DELETE,
            "tours/{tour}/contacts/{host}",
            "Erase the contact of a host",
            Planner,
            None,
            Nothing,
        ),
        Operation(
            PUT,
            "tours/{tour}/people/{delegate}",
            "Enter a traveller",
            Planner,
            Some("Person"),
            Document("Revision"),
        ),
        Operation(DELETE, "tours/{tour}/people/{delegate}", "Erase a traveller", Planner, None, Nothing),
        Operation(
            DELETE,
            "tours/{tour}/emergency/{who}",
            "Erase a person to call in an emergency",
            Planner,
            None,
            Nothing,
        ),
        Operation(GET, "tours/{tour}/shares", "The links of a tour", Planner, None, Document("Shares")),
        Operation(
            POST,
            "tours/{tour}/shares",
            "Make a link to a plan",
            Planner,
            Some("ShareWanted"),
            Made("Share"),
        ),
        Operation(DELETE, "tours/{tour}/shares/{share}", "Revoke a link", Planner, None, Nothing),
        Operation(GET, "shares/{token}", "What a link shows", Anybody, None, Document("Shared")),
    ]
}

/// Adds the addresses of tours and their documents.
pub(in crate::server) fn add(api: &mut utoipa::openapi::OpenApi) {
    let ours = Schemas::openapi().components.unwrap_or_default();
    let all = api.components.get_or_insert_with(Components::new);
    all.schemas.extend(ours.schemas);
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE_NAME)));
    let token = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Distretto-Token")));
    all.add_security_scheme("session", cookie);
    all.add_security_scheme("token", token);
    for operation in operations() {
        let (method, path) = (operation.0.clone(), format!("/api/v1/{}", operation.1));
        api.paths.add_path_operation(path, vec![method], built(&operation));
    }
}

fn built(operation: &Operation) -> utoipa::openapi::path::Operation {
    let Operation(method, path, summary, who, sent, gives) = operation;
    let mut builder = described(path, summary).tag("tours");
    if let Some(schema) = sent {
        let body = RequestBodyBuilder::new()
            .content("application/json", content(schema))
            .required(Some(Required::True));
        builder = builder.request_body(Some(body.build()));
        builder = builder.response("400", problem("The body is not what this address takes"));
        builder = builder.response("408", problem("The body did not arrive in time"));
        builder = builder.response("413", problem("The body is too long"));
        builder = builder.response("415", problem("The body is not said to be JSON"));
    }
    let told = ResponseBuilder::new().description(*summary);
    builder = match gives {
        Document(schema) => {
            builder.response("200", told.content("application/json", content(schema)).build())
        }
        Made(schema) => builder.response("201", told.content("application/json", content(schema)).build()),
        Page => builder.response("200", told.content("text/html", ContentBuilder::new().build()).build()),
        Nothing => builder.response("204", ResponseBuilder::new().description("Done").build()),
    };
    let changes = *method != GET;
    if *who != Anybody {
        let session = SecurityRequirement::new("session", Vec::<String>::new());
        let session = if changes { session.add("token", Vec::<String>::new()) } else { session };
        builder = builder.security(session).response("401", problem("Not logged in"));
    }
    if *who == Planner || changes {
        builder = builder.response(
            "403",
            problem("The role may not do this, or the request does not come from these pages"),
        );
    }
    if *method == PUT || *path == "tours/{tour}/plans/{plan}" && changes {
        builder = builder.response("409", problem("Somebody else has changed it meanwhile"));
    }
    if *path == "session" && *method == POST {
        builder = builder.response("401", problem("Wrong name or password")).response("429", waiting());
    } else if *who == Planner && changes {
        builder = builder.response("429", waiting());
    }
    if path.contains("{tour}")
        && matches!(path.rsplit('/').next(), Some("try" | "solve" | "replan" | "reasons"))
    {
        builder = builder.response("422", problem("The tour cannot be planned as it stands"));
    }
    if matches!(*path, "tours/{tour}/visits/{host}" | "tours/{tour}/demands" | "tours/{tour}/rules") {
        builder = builder.response("422", problem("The change would make the tour contradict itself"));
    }
    builder
        .response("404", problem("The server has no tours, or none that is called that"))
        .response("503", problem("The store or the server is busy"))
        .build()
}

fn waiting() -> utoipa::openapi::Response {
    let mut response = problem("Too many attempts");
    let after = HeaderBuilder::new().description(Some("Seconds to wait")).build();
    response.headers.insert("Retry-After".to_owned(), after.into());
    response
}

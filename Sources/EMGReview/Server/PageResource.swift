import Foundation
import PageServer

/// A file of the page. They are part of the program: it may be moved anywhere.
enum PageResource {
    /// The file at a path.
    static func response(at path: String) -> PageResponse? {
        let script = "text/javascript; charset=utf-8"
        let (type, bytes): (String, [UInt8])
        switch path {
        case "/": (type, bytes) = ("text/html; charset=utf-8", PackageResources.index_html)
        case "/style.css": (type, bytes) = ("text/css; charset=utf-8", PackageResources.style_css)
        case "/app.js": (type, bytes) = (script, PackageResources.app_js)
        case "/api.js": (type, bytes) = (script, PackageResources.api_js)
        case "/collection.js": (type, bytes) = (script, PackageResources.collection_js)
        case "/dialogs.js": (type, bytes) = (script, PackageResources.dialogs_js)
        case "/edits.js": (type, bytes) = (script, PackageResources.edits_js)
        case "/keys.js": (type, bytes) = (script, PackageResources.keys_js)
        case "/labels.js": (type, bytes) = (script, PackageResources.labels_js)
        case "/list.js": (type, bytes) = (script, PackageResources.list_js)
        case "/names.js": (type, bytes) = (script, PackageResources.names_js)
        case "/plot.js": (type, bytes) = (script, PackageResources.plot_js)
        case "/signal.js": (type, bytes) = (script, PackageResources.signal_js)
        case "/spectrum.js": (type, bytes) = (script, PackageResources.spectrum_js)
        case "/theme.js": (type, bytes) = (script, PackageResources.theme_js)
        default: return nil
        }
        return PageResponse(type: type, body: Data(bytes))
    }
}

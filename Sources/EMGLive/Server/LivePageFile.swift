private import Foundation
internal import PageServer

/// A file of the page. They are part of the program: it may be moved anywhere.
enum LivePageFile {
    /// The file at a path.
    static func response(at path: String) -> PageResponse? {
        let script = "text/javascript; charset=utf-8"
        let style = "text/css; charset=utf-8"
        let (type, bytes): (String, [UInt8])
        switch path {
        case "/": (type, bytes) = ("text/html; charset=utf-8", PackageResources.index_html)
        case "/style.css": (type, bytes) = (style, PackageResources.style_css)
        case "/control.css": (type, bytes) = (style, PackageResources.control_css)
        case "/session.css": (type, bytes) = (style, PackageResources.session_css)
        case "/app.js": (type, bytes) = (script, PackageResources.app_js)
        case "/adaptation.js": (type, bytes) = (script, PackageResources.adaptation_js)
        case "/arena.js": (type, bytes) = (script, PackageResources.arena_js)
        case "/nodes.js": (type, bytes) = (script, PackageResources.nodes_js)
        case "/trials.js": (type, bytes) = (script, PackageResources.trials_js)
        case "/control.js": (type, bytes) = (script, PackageResources.control_js)
        case "/cues.js": (type, bytes) = (script, PackageResources.cues_js)
        case "/decisions.js": (type, bytes) = (script, PackageResources.decisions_js)
        case "/electrodes.js": (type, bytes) = (script, PackageResources.electrodes_js)
        case "/hand.js": (type, bytes) = (script, PackageResources.hand_js)
        case "/picture.js": (type, bytes) = (script, PackageResources.picture_js)
        case "/session.js": (type, bytes) = (script, PackageResources.session_js)
        case "/signal.js": (type, bytes) = (script, PackageResources.signal_js)
        default: return nil
        }
        return PageResponse(type: type, body: Data(bytes))
    }
}

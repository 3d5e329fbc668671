package import ErrorReports
internal import PrintableText

/// Why a page cannot be served.
package struct PageServerError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was found.
    package enum Kind: Sendable, Hashable {
        /// The program was built without the server.
        case noServer
        /// The port cannot be listened on.
        case port(Int, reason: String)
    }

    /// The kind of the fault, with what was found.
    package let kind: Kind

    /// Creates an error of a kind.
    package init(_ kind: Kind) {
        self.kind = kind
    }

    /// What to do.
    package var hint: String {
        switch kind {
        case .noServer:
            "build it with the package trait ReviewServer, which is on by default: "
                + "swift build -c release --product myotask"
        case .port: "leave --port out for any free one"
        }
    }

    /// The fault and, on the next line, what to do.
    package var description: String {
        let what =
            switch kind {
            case .noServer: "this myotask was built without the server of its pages"
            case .port(let port, let reason):
                "port \(port) of 127.0.0.1 cannot be listened on: \(reason.printable())"
            }
        return "\(what)\n  hint: \(hint)"
    }

    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .noServer: "no_server"
        case .port: "port"
        }
    }

    /// The port.
    package var place: ErrorPlace {
        switch kind {
        case .noServer: ErrorPlace()
        case .port(let port, _): ErrorPlace(object: "port \(port)")
        }
    }
}

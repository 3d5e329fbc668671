private import Documents

/// Something that a shard told of itself: a line of its file of events.
package struct ShardEvent: Sendable, Hashable {
    /// What happened.
    package enum Kind: String, Sendable, Hashable {
        /// It began.
        case start
        /// It ended.
        case end
    }

    /// What happened.
    package let kind: Kind
    /// The job that it happened in.
    package let job: String
    /// When, in seconds since 1970.
    package let time: Int
    /// On which machine.
    package let host: String
    /// The process of the script.
    package let process: Int
    /// The exit status at the end.
    package let status: Int?

    /// Reads the events of a shard.
    ///
    /// - Parameters:
    ///   - text: Lines of JSON. One that a process was killed in the middle of is passed over.
    ///   - name: The file's name, for messages.
    /// - Returns: The events in order.
    package static func events(in text: String, name: String) -> [ShardEvent] {
        text.split(separator: "\n").compactMap { line in
            // What is no whole line tells nothing: the shard is taken for one that told nothing.
            guard let document = try? Document(json: line.utf8, name: name),
                let event = try? ShardEvent(document.cursor)
            else { return nil }
            return event
        }
    }

    private init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object()
        kind = try object.required("event").choice([("start", Kind.start), ("end", .end)])
        job = try object.required("job").string()
        time = try object.required("time").integer()
        host = try object.required("host").string()
        process = try object.required("process").integer()
        status = try object.optional("status")?.integer(in: 0...255)
    }
}

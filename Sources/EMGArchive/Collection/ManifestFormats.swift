package import Documents
package import EMGSignal
import PrintableText

// How values stand in manifests and in what describes a model's input.

extension FieldFormat<String> {
    /// A SHA-256.
    package static var sha256: FieldFormat {
        FieldFormat(
            .form(TextForm("64 hexadecimal digits", pattern: "^[0-9a-f]{64}$")),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                guard Hash.isWellFormed(text) else {
                    throw cursor.error(expected: "a SHA-256 as 64 lower-case hexadecimal digits")
                }
                return text
            },
            write: { .string($0) })
    }

    /// A text that is not empty and has no control characters.
    package static var printable: FieldFormat {
        FieldFormat(
            .form(
                TextForm("text", pattern: "^[^\\u0000-\\u001f\\u007f]+$", length: 1 ... .max)),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                guard !text.isEmpty,
                    text.unicodeScalars.allSatisfy({
                        $0.properties.generalCategory != .control
                    })
                else { throw cursor.error(expected: "a text of printable characters") }
                return text
            },
            write: { .string($0) })
    }

    /// The path of the tensors, which does not leave the manifest's folder.
    package static var tensorPath: FieldFormat {
        let pattern =
            "^(?![/~])(?!(.*/)?\\.\\.(/|$))(?!(.*/)?\\.?$)[^\\\\:\\u0000-\\u001f\\u007f]+$"
        return FieldFormat(
            .form(TextForm("path", pattern: pattern)),
            read: { cursor throws(DocumentError) in
                let path = try cursor.string()
                if let fault = RelativePath.fault(in: path) {
                    throw cursor.error(
                        expected: "the path of a file in the manifest's folder",
                        hint: "\(fault); put the tensors beside the manifest and name them "
                            + "without folders")
                }
                return path
            },
            write: { .string($0) })
    }
}

extension FieldFormat<SamplingRate> {
    /// A rate in hertz.
    package static var hertz: FieldFormat<SamplingRate> {
        let highest = SamplingRate.highestPlausibleHertz
        return FieldFormat(
            .number(minimum: 0, maximum: highest, above: true),
            read: { cursor throws(DocumentError) in
                let hertz = try cursor.number()
                do throws(SignalError) {
                    return try SamplingRate(hertz: hertz)
                } catch {
                    throw cursor.error(
                        expected: "a rate above 0 and at most \(highest) Hz", hint: error.hint)
                }
            },
            write: { .number($0.hertz) })
    }
}

extension FieldFormat {
    /// A list of things that each have a name of their own.
    ///
    /// - Parameters:
    ///   - element: How a thing stands in it.
    ///   - what: What a thing is, for messages.
    ///   - plural: What several are.
    ///   - count: How many there may be.
    ///   - name: The name of a thing.
    ///   - key: The member that holds it; `nil` when a thing is its name.
    /// - Returns: The format.
    static func named<Element: Sendable>(
        _ element: FieldFormat<Element>, _ what: String, _ plural: String,
        count: ClosedRange<Int>, by name: any KeyPath<Element, String> & Sendable, at key: String?
    ) -> FieldFormat where Value == [Element] {
        FieldFormat(
            schema: { .list(of: element.schema($0), count: count, isUnique: true) },
            read: { cursor throws(DocumentError) in
                var (values, seen): ([Element], Set<String>) = ([], [])
                for cursor in try cursor.array() {
                    let value = try element.read(cursor)
                    guard seen.insert(value[keyPath: name]).inserted else {
                        let place = try key.map { (key) throws(DocumentError) in
                            try cursor.object().required(key)
                        }
                        throw (place ?? cursor).error(expected: "a \(what) name that no other has")
                    }
                    values.append(value)
                }
                guard values.count >= count.lowerBound else {
                    throw cursor.error(expected: "at least one \(what)")
                }
                guard values.count <= count.upperBound else {
                    throw cursor.error(expected: "at most \(count.upperBound) \(plural)")
                }
                return values
            },
            write: { .array($0.map(element.write)) })
    }
}

extension FieldFormat<[String]> {
    /// The names of labels.
    static var classNames: FieldFormat {
        .named(.printable, "class", "classes", count: 0...256, by: \.self, at: nil)
    }
}

extension FieldFormat<[Channel]> {
    /// The channels of windows.
    static var channels: FieldFormat {
        .named(
            .object(
                [
                    Field("name", \.name, .printable, "Its name.", isRequired: true),
                    Field(
                        "unit", \.unit, .text,
                        "The unit of its signal before that was normalized.", isRequired: true),
                ], into: Channel(name: "", unit: "")),
            "channel", "channels", count: 1 ... .max, by: \.name, at: "name")
    }
}

extension Field {
    /// The grid that channels lie on, which has a place for each.
    static func grid(
        _ path: any WritableKeyPath<Root, CollectionManifest.Grid?> & Sendable,
        channels: any KeyPath<Root, [Channel]> & Sendable
    ) -> Field {
        let format = CollectionManifest.Grid.format
        return Field(
            "grid", schema: format.schema,
            "The grid that the channels lie on, row by row; left out when they lie on none.",
            read: { cursor, root throws(DocumentError) in
                let grid = try format.read(cursor)
                guard grid.rows * grid.columns == root[keyPath: channels].count else {
                    throw cursor.error(
                        expected:
                            "a place for each of \(root[keyPath: channels].count, of: "channel")",
                        found: "\(grid.rows) × \(grid.columns)")
                }
                root[keyPath: path] = grid
            },
            write: { $0[keyPath: path].map(format.write) })
    }

    /// What of the recordings' quality is in no window; all of it is written.
    static func quality(
        _ path: any WritableKeyPath<Root, QualityPolicy?> & Sendable
    ) -> Field {
        Field(
            optional: "quality", path,
            FieldFormat(
                schema: QualityPolicy.format.schema, read: QualityPolicy.format.read,
                write: \.document),
            "What of the recordings' quality is in no window and in no fit, and what was reported, as "
                + "docs/tasks/quality.md has it; left out in collections that are older than the "
                + "choice, where that is gaps and non-finite samples alone.", absence: .leftOut)
    }

    /// What a regression should put out.
    static func targets(
        _ path: any WritableKeyPath<Root, CollectionManifest.Targets?> & Sendable
    ) -> Field {
        Field(
            optional: "targets", path, CollectionManifest.Targets.format,
            "What a regression should put out for each window; left out for classes.",
            absence: .leftOut)
    }

    /// The steps of histories behind ingest.
    static func conditioning(
        _ path: any WritableKeyPath<Root, [ProcessingStep]> & Sendable, _ documentation: String
    ) -> Field {
        Field("conditioning", path, .steps, documentation, isRequired: true)
    }
}

extension QualityPolicy {
    /// The policy with all that follows from it.
    fileprivate var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "exclude": .strings(Self.names(exclude)),
            "warn": .strings(Self.names(warn)),
            "bad_channels": .string(badChannels.rawValue),
        ]
        if let humLevel { members["mains_hum_db"] = .number(humLevel) }
        return .object(sorted: members)
    }
}

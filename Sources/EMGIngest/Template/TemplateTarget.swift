internal import Documents
internal import EMGSignal

/// A target track as a template names it.
package struct TemplateTarget<Place: Sendable & Hashable>: Sendable, Hashable {
    /// The track's name.
    var name = ""
    /// The unit of its values; empty when nothing says it.
    var unit = ""
    /// Where the values are.
    var places: [Place] = []
    /// The names of its dimensions; empty for those of the source.
    var dimensions: [String] = []

    /// How a layout's targets stand in its template, a list.
    ///
    /// - Parameters:
    ///   - key: The member of each entry that says where the values are.
    ///   - places: How that stands there.
    ///   - documentation: What it means.
    /// - Returns: The format.
    static func format(
        _ key: String, _ places: FieldFormat<[Place]>, _ documentation: String
    ) -> FieldFormat<[TemplateTarget]> {
        let some = places.mapped(
            { places, cursor throws(DocumentError) in
                guard !places.isEmpty else { throw cursor.error(expected: "at least one") }
                return places
            }, back: { $0 })
        let target = FieldFormat<TemplateTarget>.object(
            [
                Field(
                    "name", \.name, .name, "The track's name, unique within a recording.",
                    isRequired: true),
                Field("unit", \.unit, .text, "The unit of the values."),
                Field(
                    "dimensions", \.dimensions, .list(of: .name),
                    "The names of the track's dimensions; by default those of the columns, or the "
                        + "track's name with numbers."),
                Field(key, \.places, some, documentation, isRequired: true),
            ], into: TemplateTarget())
        return FieldFormat(
            schema: FieldFormat<[TemplateTarget]>.list(of: target).schema,
            read: { cursor throws(DocumentError) in
                var result: [TemplateTarget] = []
                for element in try cursor.array() {
                    let read = try target.read(element)
                    guard !result.contains(where: { $0.name == read.name }) else {
                        throw try element.object().required("name").error(
                            expected: "a target that no other is named like")
                    }
                    result.append(read)
                }
                return result
            },
            write: { .array($0.map(target.write)) })
    }

    /// What the track is.
    ///
    /// - Parameters:
    ///   - usual: The names of its dimensions when the template gives none.
    ///   - location: Where it stands, for errors.
    /// - Returns: Name, unit and dimensions.
    /// - Throws: ``IngestError`` when names cannot be used, or are not as many as its values.
    func description(
        _ usual: [String], at location: SourceLocation
    ) throws(IngestError) -> TargetDescription {
        guard dimensions.isEmpty || dimensions.count == usual.count else {
            throw IngestError(
                .inconsistent(
                    expected: "\(usual.count) names of dimensions of target \(name)",
                    found: "\(dimensions.count)"), at: location,
                hint: "correct \"dimensions\" in the template")
        }
        return try TargetDescription(
            target: name, unit: unit, dimensions: dimensions.isEmpty ? usual : dimensions,
            at: location)
    }
}

extension TargetDescription {
    /// A description of a source's target.
    ///
    /// - Throws: ``IngestError`` when a name cannot be one, or there are too many dimensions.
    init(
        target name: String, unit: String, dimensions: [String], at location: SourceLocation
    ) throws(IngestError) {
        guard dimensions.count <= Self.mostDimensions else {
            throw IngestError(
                .inconsistent(
                    expected: "at most \(Self.mostDimensions) dimensions of target \(name)",
                    found: "\(dimensions.count)"), at: location,
                hint: "is this the signal rather than what is to be inferred from it?")
        }
        do throws(SignalError) {
            try self.init(
                name: name.normalizedName,
                unit: UnitTable.reading(of: unit)?.unit ?? unit,
                dimensions: dimensions.map(\.normalizedName))
        } catch {
            throw IngestError(
                .inconsistent(
                    expected: "names of target \(name) that can stand in a path",
                    found: error.description), at: location, hint: error.hint)
        }
    }

    /// Names for dimensions that have none: the track's own name when there is one only.
    static func names(_ track: String, count: Int) -> [String] {
        count == 1 ? [track] : (0..<count).map { "\(track)\($0)" }
    }
}

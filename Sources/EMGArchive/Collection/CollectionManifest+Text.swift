import Documents
import EMGSignal
private import Files
public import Foundation
import HDF5

extension CollectionManifest {
    /// The manifest as JSON: sorted members, two spaces a level, a final newline. The same
    /// manifest gives the same text.
    ///
    /// - Returns: UTF-8 text.
    /// - Throws: ``ArchiveError`` when a number is not finite, which JSON cannot say.
    public func json() throws(ArchiveError) -> String {
        let coefficients = tasks.flatMap { $0.normalization.offset + $0.normalization.scale }
        let steps = conditioning + history
        guard coefficients.allSatisfy(\.isFinite), steps.allSatisfy(\.isFinite),
            split.parameters.values.allSatisfy(\.isFinite),
            augmentation.allSatisfy({ $0.parameters.values.allSatisfy(\.isFinite) })
        else {
            throw ArchiveError(
                .invalid(expected: "finite numbers", found: "nan or inf"),
                at: Place(file: "manifest of \(name)"),
                hint: "look at the normalization and the parameters of the steps")
        }
        return document.json(.sorted)
    }

    /// Writes the manifest, atomically.
    ///
    /// - Parameter url: Where; a file that is there is replaced.
    /// - Throws: ``ArchiveError`` when it cannot be written.
    public func write(to url: URL) throws(ArchiveError) {
        let text = try json()
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
    }

    private var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "format": .string(Self.format),
            "format_version": .integer(Self.formatVersion),
            "software": .string(software),
            "name": .string(name),
            "seed": Self.document(ofSeed: seed),
            "tensors": .object([
                "path": .string(tensors.path), "sha256": .string(tensors.sha256),
                "bytes": .integer(tensors.bytes),
            ]),
            "classes": .strings(classes),
            "channels": Self.document(of: channels),
            "sampling_rate_hz": .number(samplingRate.hertz),
            "window": window.document,
            "normalization": normalization.document,
            "conditioning": .array(conditioning.map(\.document)),
            "split": .object([
                "rule": .string(split.rule), "guard": .integer(split.guardSamples),
                "parameters": split.parameters.document,
            ]),
            "tasks": .array(tasks.map(\.document)),
            "splits": .object([
                "train": .strings(splits.train),
                "validation": .strings(splits.validation),
                "test": .strings(splits.test),
            ]),
            "history": .array(history.map(\.document)),
        ]
        if let quality { members["quality"] = quality.document }
        if let grid { members["grid"] = grid.document }
        if let targets { members["targets"] = targets.document }
        if !augmentation.isEmpty { members["augmentation"] = .array(augmentation.map(\.document)) }
        return .object(sorted: members)
    }

    static func document(of channels: [Channel]) -> DocumentValue {
        .array(channels.map { .object(["name": .string($0.name), "unit": .string($0.unit)]) })
    }

    /// The largest whole number that every JSON reader keeps (RFC 8259 section 6); larger seeds
    /// are written as texts.
    static let largestPlainSeed: UInt64 = (1 << 53) - 1

    private static func document(ofSeed seed: UInt64) -> DocumentValue {
        seed <= largestPlainSeed ? .integer(Int(seed)) : .string(String(seed))
    }
}

extension CollectionManifest.Window {
    var document: DocumentValue {
        .object(
            [
                DocumentValue.Member(key: "length", value: .integer(length)),
                DocumentValue.Member(key: "stride", value: .integer(stride)),
            ] + labelRule.members("label_rule", parameters: "label_parameters"))
    }
}

extension CollectionManifest.Normalization {
    var document: DocumentValue {
        .object(
            method.members("method", parameters: "parameters")
                + [DocumentValue.Member(key: "fitted_on", value: .string(Self.fittedOn))])
    }
}

extension CollectionManifest.Rule {
    /// The rule's name and, when it has some, its parameters as members of an object.
    fileprivate func members(_ name: String, parameters: String) -> [DocumentValue.Member] {
        let named = [DocumentValue.Member(key: name, value: .string(self.name))]
        guard !self.parameters.isEmpty else { return named }
        return named + [.init(key: parameters, value: self.parameters.document)]
    }
}

extension CollectionManifest.Grid {
    var document: DocumentValue { .object(["rows": .integer(rows), "columns": .integer(columns)]) }
}

extension CollectionManifest.Targets {
    var document: DocumentValue {
        .object([
            "columns": .array(
                columns.map { .object(["name": .string($0.name), "unit": .string($0.unit)]) }),
            "rule": .string(rule.rawValue),
        ])
    }
}

extension CollectionManifest.Entry {
    fileprivate var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "id": .string(id),
            "patient": .string(identity.patient),
            "session": .string(identity.session),
            "condition": .string(identity.condition),
            "run": .string(identity.run),
            "effective_rate_hz": .number(effectiveRate.hertz),
            "sample_count": .integer(sampleCount),
            "source": .object([
                "name": .string(source.name), "sha256": .string(source.sha256),
            ]),
            "support": support.document,
            "query": query.document,
            "normalization": .object([
                "offset": .numbers(normalization.offset),
                "scale": .numbers(normalization.scale),
            ]),
            "tensor": .object([
                "path": .string(tensor.path), "sha256": .string(tensor.sha256),
            ]),
        ]
        if !quality.isEmpty { members["quality"] = .array(quality.map(\.document)) }
        if let unlabeled {
            members["unlabeled"] = .object([
                "samples": .integer(unlabeled.samples), "windows": .integer(unlabeled.windows),
            ])
        }
        return .object(sorted: members)
    }
}

extension QualityPolicy {
    var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "exclude": .strings(Self.names(exclude)),
            "warn": .strings(Self.names(warn)),
            "bad_channels": .string(badChannels.rawValue),
        ]
        if let humLevel { members["mains_hum_db"] = .number(humLevel) }
        return .object(sorted: members)
    }
}

extension QualityInterval {
    fileprivate var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "kind": .string(kind.name),
            "range": .array([.integer(range.start), .integer(range.end)]),
        ]
        if let channel { members["channel"] = .integer(channel) }
        return .object(sorted: members)
    }
}

extension CollectionManifest.Augmentation {
    fileprivate var document: DocumentValue {
        .object(["kind": .string(kind), "parameters": parameters.document])
    }
}

extension CollectionManifest.Portion {
    fileprivate var document: DocumentValue {
        var members: [String: DocumentValue] = [
            "ranges": .array(
                ranges.map { .array([.integer($0.start), .integer($0.end)]) }),
            "windows": .integer(windows),
            "windows_per_class": .integers(windowsPerClass),
        ]
        if !leftOut.isEmpty {
            members["left_out"] = .object(
                sorted: Dictionary(
                    uniqueKeysWithValues: leftOut.map { ($0.key.name, .integer($0.value)) }))
        }
        return .object(sorted: members)
    }
}

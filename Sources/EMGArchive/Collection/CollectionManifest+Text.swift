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
        return text.pretty
    }

    /// Writes the manifest, atomically.
    ///
    /// - Parameter url: Where; a file that is there is replaced.
    /// - Throws: ``ArchiveError`` when it cannot be written.
    public func write(to url: URL) throws(ArchiveError) {
        let text = try json()
        try ArchiveError.wrapping { () throws(FilesError) in try AtomicFile.write(text, to: url) }
    }

    private var text: JSONText {
        var members: [String: JSONText] = [
            "format": .string(Self.format),
            "format_version": .integer(Self.formatVersion),
            "software": .string(software),
            "name": .string(name),
            "seed": Self.text(ofSeed: seed),
            "tensors": .object([
                "path": .string(tensors.path), "sha256": .string(tensors.sha256),
                "bytes": .integer(tensors.bytes),
            ]),
            "classes": .array(classes.map { .string($0) }),
            "channels": Self.text(of: channels),
            "sampling_rate_hz": .number(samplingRate.hertz),
            "window": window.text,
            "normalization": normalization.text,
            "conditioning": .array(conditioning.map(\.text)),
            "split": .object([
                "rule": .string(split.rule), "guard": .integer(split.guardSamples),
                "parameters": .object(split.parameters.mapValues(\.text)),
            ]),
            "tasks": .array(tasks.map(\.text)),
            "splits": .object([
                "train": .array(splits.train.map { .string($0) }),
                "validation": .array(splits.validation.map { .string($0) }),
                "test": .array(splits.test.map { .string($0) }),
            ]),
            "history": .array(history.map(\.text)),
        ]
        if let quality { members["quality"] = quality.text }
        if let grid { members["grid"] = grid.text }
        if let targets { members["targets"] = targets.text }
        if !augmentation.isEmpty { members["augmentation"] = .array(augmentation.map(\.text)) }
        return .object(members)
    }

    static func text(of channels: [Channel]) -> JSONText {
        .array(channels.map { .object(["name": .string($0.name), "unit": .string($0.unit)]) })
    }

    /// The largest whole number that every JSON reader keeps (RFC 8259 section 6); larger seeds
    /// are written as texts.
    static let largestPlainSeed: UInt64 = (1 << 53) - 1

    private static func text(ofSeed seed: UInt64) -> JSONText {
        seed <= largestPlainSeed ? .integer(Int(seed)) : .string(String(seed))
    }
}

extension CollectionManifest.Window {
    var text: JSONText {
        .object([
            "length": .integer(length), "stride": .integer(stride),
            "label_rule": .string(labelRule.rawValue),
        ])
    }
}

extension CollectionManifest.Normalization {
    var text: JSONText {
        .object(["method": .string(method.rawValue), "fitted_on": .string(Self.fittedOn)])
    }
}

extension CollectionManifest.Grid {
    var text: JSONText { .object(["rows": .integer(rows), "columns": .integer(columns)]) }
}

extension CollectionManifest.Targets {
    var text: JSONText {
        .object([
            "columns": .array(
                columns.map { .object(["name": .string($0.name), "unit": .string($0.unit)]) }),
            "rule": .string(rule.rawValue),
        ])
    }
}

extension CollectionManifest.Entry {
    fileprivate var text: JSONText {
        var members: [String: JSONText] = [
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
            "support": support.text,
            "query": query.text,
            "normalization": .object([
                "offset": .array(normalization.offset.map { .number($0) }),
                "scale": .array(normalization.scale.map { .number($0) }),
            ]),
            "tensor": .object([
                "path": .string(tensor.path), "sha256": .string(tensor.sha256),
            ]),
        ]
        if !quality.isEmpty { members["quality"] = .array(quality.map(\.text)) }
        if let unlabeled {
            members["unlabeled"] = .object([
                "samples": .integer(unlabeled.samples), "windows": .integer(unlabeled.windows),
            ])
        }
        return .object(members)
    }
}

extension QualityPolicy {
    var text: JSONText {
        var members: [String: JSONText] = [
            "exclude": .array(Self.names(exclude).map { .string($0) }),
            "warn": .array(Self.names(warn).map { .string($0) }),
            "bad_channels": .string(badChannels.rawValue),
        ]
        if let humLevel { members["mains_hum_db"] = .number(humLevel) }
        return .object(members)
    }
}

extension QualityInterval {
    fileprivate var text: JSONText {
        var members: [String: JSONText] = [
            "kind": .string(kind.name),
            "range": .array([.integer(range.start), .integer(range.end)]),
        ]
        if let channel { members["channel"] = .integer(channel) }
        return .object(members)
    }
}

extension CollectionManifest.Augmentation {
    fileprivate var text: JSONText {
        .object(["kind": .string(kind), "parameters": .object(parameters.mapValues(\.text))])
    }
}

extension CollectionManifest.Portion {
    fileprivate var text: JSONText {
        var members: [String: JSONText] = [
            "ranges": .array(
                ranges.map { .array([.integer($0.start), .integer($0.end)]) }),
            "windows": .integer(windows),
            "windows_per_class": .array(windowsPerClass.map { .integer($0) }),
        ]
        if !leftOut.isEmpty {
            members["left_out"] = .object(
                Dictionary(
                    uniqueKeysWithValues: leftOut.map { ($0.key.name, .integer($0.value)) }))
        }
        return .object(members)
    }
}

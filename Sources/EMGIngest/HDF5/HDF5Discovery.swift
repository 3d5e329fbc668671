internal import Foundation
internal import HDF5

/// Finds the layout of a plain HDF5 file by the names in it, when no template tells: a dataset
/// `emg` in the root group, and what is named as usual beside it.
struct HDF5Discovery {
    /// How many names of the root group are looked at.
    private static let linkLimit = 10_000

    private static let sampleNames = ["emg", "semg", "emgdata", "emgsignal"]
    private static let rateNames = [
        "fs", "sfreq", "rate", "samplerate", "samplingrate", "samplingratehz", "sampleratehz",
        "samplingfrequency", "samplefrequency", "frequency", "hz",
    ]
    private static let timeNames = ["times", "time", "timestamps", "timestamp", "t"]
    private static let labelNames = [
        "label", "labels", "gt", "gesture", "gestures", "class", "classes", "stimulus",
        "restimulus",
    ]
    private static let targetNames = [
        "target", "targets", "angles", "jointangles", "glove", "force", "forces",
    ]
    private static let unitNames = ["unit", "units"]
    private static let channelNames = ["channelnames", "channels", "channellabels", "chnames"]
    private static let classNames = ["classnames", "classes", "labelnames"]
    private static let identityNames = [
        "patient": ["patient", "patientid", "subject", "subjectid", "participant", "user"],
        "session": ["session", "sessionid", "sessionname"],
        "condition": ["condition", "task"],
        "run": ["run", "repetition"],
    ]

    private let source: HDF5Source
    /// The names of the root group by their plain form.
    private var links: [String: [String]] = [:]
    /// The shape of the samples.
    private var shape: [Int] = []
    private var warnings: [IngestWarning] = []

    /// The layout of a file.
    ///
    /// - Parameter source: The file.
    /// - Returns: The layout, and what has a name of it but cannot be read as such.
    /// - Throws: ``IngestError`` when there is no dataset of that name, with what there is.
    static func layout(
        of source: HDF5Source
    ) throws(IngestError) -> (layout: HDF5Layout, warnings: [IngestWarning]) {
        var discovery = try HDF5Discovery(source)
        let layout = try discovery.layout()
        return (layout, discovery.warnings)
    }

    private init(_ source: HDF5Source) throws(IngestError) {
        self.source = source
        let (names, _) = try source.attempt { (file) throws(HDF5Error) in
            try file.links(in: "/", limit: Self.linkLimit)
        }
        for name in names { links[Self.plain(name), default: []].append(name) }
    }

    private mutating func layout() throws(IngestError) -> HDF5Layout {
        guard let samples = try link(Self.sampleNames) else {
            throw IngestError(
                .wrongFormat(expected: "a dataset emg", found: try source.contents(of: "/")),
                at: source.location(),
                hint:
                    "a template says which dataset holds the samples: --template FILE with the line "
                    + "hdf5: {samples: /NAME}")
        }
        var layout = HDF5Layout(samples: samples)
        let metadata = try source.metadata(of: samples)
        shape = metadata.shape
        if metadata.kind == .records {
            try findMembers(&layout)
        }
        layout.rate = try attribute(Self.rateNames, of: [samples, "/"])
        if layout.rate == nil, let name = try link(Self.rateNames),
            try source.metadata(of: name).shape.allSatisfy({ $0 == 1 })
        {
            layout.rate = .dataset(name)
        }
        if layout.time == nil { layout.time = try column(Self.timeNames) }
        layout.labels = try column(Self.labelNames, mayBeOneHot: true)
        layout.unit = try attribute(Self.unitNames, of: [samples], ofTexts: true)
        layout.channels = try attribute(
            Self.channelNames, of: [samples, "/"], ofTexts: true)
        if let labels = layout.labels {
            if let classes = try attribute(Self.classNames, of: [labels, "/"], ofTexts: true) {
                layout.classes = .fact(classes)
            } else if let classes = try link(Self.classNames.filter { "/\($0)" != labels }),
                classes != labels
            {
                if try source.metadata(of: classes).kind == .words {
                    layout.classes = .fact(.dataset(classes))
                } else {
                    pass(over: classes, as: "class names, which are texts")
                }
            }
        }
        try noteOthers(layout)
        for (part, names) in Self.identityNames {
            layout.identity[part] = try attribute(names, of: ["/"])
        }
        return layout
    }

    private func findMembers(_ layout: inout HDF5Layout) throws(IngestError) {
        let samples = layout.samples
        let members = try source.attempt { (file) throws(HDF5Error) in
            try file.records(samples).members
        }
        let names = members.map(\.name)
        layout.members = members.filter {
            $0.isNumeric && Self.plain($0.name).hasPrefix("emg")
        }.map(\.name)
        guard !layout.members.isEmpty else {
            throw IngestError(
                .missingColumn(name: "emg", found: names), at: source.location(samples),
                hint:
                    "name the members that are channels in a template (hdf5: {samples: \(samples), "
                    + "members: […]})")
        }
        layout.time = names.first { Self.timeNames.contains(Self.plain($0)) }
    }

    /// A name of the root group; an error when several are as good.
    private func link(_ wanted: [String]) throws(IngestError) -> String? {
        for name in wanted {
            guard let found = links[name] else { continue }
            guard found.count == 1, let first = found.first else {
                throw IngestError(
                    .inconsistent(
                        expected: "one dataset \(name)", found: found.joined(separator: ", ")),
                    at: source.location(), hint: "say by a template which one is meant")
            }
            return "/\(first)"
        }
        return nil
    }

    /// A dataset that is about as long as the samples: one dimension, or a row or column of two.
    private func column(
        _ wanted: [String], mayBeOneHot: Bool = false
    ) throws(IngestError) -> String? {
        // The samples lie along the longer dimension, or the file is refused.
        let length = shape.max() ?? 0
        for name in wanted {
            guard let path = try link([name]), let metadata = try? source.metadata(of: path),
                metadata.kind == .numbers || metadata.kind == .words
            else { continue }
            // Texts are read from one dimension only.
            let isColumn =
                metadata.shape.count(where: { $0 != 1 }) <= 1 && !metadata.shape.isEmpty
                && (metadata.kind == .numbers || metadata.shape.count == 1)
                && CommonLength.agree(metadata.shape.reduce(1, *), length)
            let isOneHot =
                mayBeOneHot && metadata.kind == .numbers
                && OneHotLabels.axis(of: metadata.shape, samples: length) != nil
            if isColumn || isOneHot { return path }
        }
        return nil
    }

    /// Notes what has a name that is looked for and was not taken.
    private mutating func noteOthers(_ layout: HDF5Layout) throws(IngestError) {
        var taken = [layout.samples, layout.time, layout.labels]
        if case .dataset(let name)? = layout.rate { taken.append(name) }
        if case .fact(.dataset(let name)) = layout.classes { taken.append(name) }
        let kinds = [
            (Self.timeNames, "times"), (Self.labelNames, "labels"), (Self.rateNames, "the rate"),
            (Self.targetNames, "targets, which a template names"),
        ]
        for (names, what) in kinds {
            for name in names {
                guard let path = try link([name]), !taken.contains(path) else { continue }
                taken.append(path)
                // Samples that are records have their times inside.
                if names == Self.rateNames, layout.rate != nil { continue }
                pass(over: path, as: what)
            }
        }
    }

    private mutating func pass(over path: String, as what: String) {
        func text(_ shape: [Int]) -> String {
            shape.isEmpty ? "one value" : shape.map(String.init).joined(separator: " × ")
        }
        let found = (try? source.metadata(of: path)).map { text($0.shape) } ?? "no dataset"
        warnings.append(
            IngestWarning(
                .partLeftOut, at: source.location(path),
                message: "\(path) (\(found)) is not read as \(what) of the samples "
                    + "(\(text(shape))); a template names what is meant"))
    }

    /// An attribute under one of several names, the best first.
    private func attribute(
        _ wanted: [String], of objects: [String], ofTexts: Bool = false
    ) throws(IngestError) -> HDF5Layout.Fact? {
        for object in objects {
            let names = try source.attempt { (file) throws(HDF5Error) in
                try file.attributeNames(of: object, limit: 1_000)
            }
            for name in wanted {
                guard let found = names.first(where: { Self.plain($0) == name }) else { continue }
                if ofTexts {
                    let value = try source.attempt { (file) throws(HDF5Error) in
                        try file.attribute(found, of: object)
                    }
                    // A number under `channels` says how many there are.
                    guard case .texts? = value else { continue }
                }
                return .attribute(found, of: object)
            }
        }
        return nil
    }

    /// A name in lower case without blanks, hyphens and underscores.
    private static func plain(_ name: String) -> String {
        name.lowercased().filter { !" _-".contains($0) }
    }
}

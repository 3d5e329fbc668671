private import EMGSignal
private import Files
internal import Foundation
internal import MetaLearning
private import PrintableText

/// What is known of a collection before its samples are read: classes or tasks, their splits, and
/// whose each sample is.
struct BuildPlan {
    let configuration: ArrayConfiguration
    let sources: [any ArraySource]
    /// What a sample is, as it will be stored.
    let sample: ArraySample
    /// Classes or tasks, without digests.
    let members: [ArrayMember]
    /// The member of each sample, source after source.
    let labels: [Int32]
    /// The names of targets; none of classes.
    let targetNames: [String]
    /// `[samples × targets]`.
    let targets: [Float]
    let inputNames: [String]
    let warnings: [String]

    init(_ urls: [URL], _ configuration: ArrayConfiguration) throws {
        let sources = try urls.map { try Self.source($0, configuration) }
        self.configuration = configuration
        self.sources = sources
        try Self.checkAlike(sources)
        sample = try Self.sample(of: sources[0], configuration)
        inputNames = sources[0].inputNames
        let isRegression = configuration.task != nil
        let noun = isRegression ? "task" : "class"
        let labels = try Self.joined(sources) { source in
            if let task = configuration.task {
                return try source.column(task, names: configuration.names, setting: "task")
            }
            guard
                let labels = configuration.labels
                    ?? (source is ImageFolder ? ImageFolder.classes : nil)
            else {
                throw ArrayError(
                    .missing("setting that says each sample's class", known: []), at: source.name,
                    hint: "name the labels with --labels, or --task and --targets for a regression")
            }
            return try source.column(labels, names: configuration.names, setting: "labels")
        }
        let groups = try Self.groups(sources, configuration)
        let values = try Self.values(sources, configuration)
        self.labels = labels.indices
        var members = try Self.members(labels, groups, values, noun: noun)
        let splits = try SplitAssignment.splits(
            of: members.map {
                .init(name: $0.member.name, group: $0.member.group, value: $0.value)
            },
            by: configuration.split, noun: noun)
        for (index, split) in splits.enumerated() { members[index].member.split = split }
        self.members = members.map(\.member)
        if isRegression {
            let parts = try sources.map { try $0.targets(configuration.targets) }
            targetNames = parts[0].names
            targets = parts.flatMap(\.values)
            if let place = targets.firstIndex(where: { !$0.isFinite }) {
                throw ArrayError(
                    .notFinite("target \(targetNames[place % targetNames.count])"),
                    at: sources[0].name, object: "row \(place / targetNames.count)",
                    hint: "leave the row out or mend it")
            }
            if let task = self.members.first(where: { $0.count < 2 }) {
                throw ArrayError(
                    .tooFew("rows of task \(task.name)", expected: 2, found: task.count),
                    at: sources[0].name,
                    hint: "a task has a row to adapt on and one to be scored on")
            }
        } else {
            (targetNames, targets) = ([], [])
        }
        warnings = sources.compactMap { ($0 as? ImageFolder)?.others }.filter { !$0.isEmpty }.map {
            "\($0.count, of: "file is no image and is", plural: "files are no images and are") left "
                + "out: \(NameList($0, limit: 3))"
        }
    }

    private static func source(
        _ url: URL, _ configuration: ArrayConfiguration
    ) throws -> any ArraySource {
        if Folder.exists(at: url) { return try ImageFolder(url, configuration) }
        let name = url.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: name) else {
            throw ArrayError(
                .fileSystem(reason: "there is no such file or folder"), at: name,
                hint: "check the path")
        }
        switch url.pathExtension.lowercased() {
        case "h5", "hdf5", "hdf", "he5": return try HDF5Arrays(url, configuration)
        case "npy", "npz": return try NumpyArrays(url, configuration)
        case "csv": return try TableArrays(url, configuration)
        default:
            throw ArrayError(
                .invalid(
                    expected: "an HDF5, .npy, .npz or .csv file, or a folder of images",
                    found: "a file .\(url.pathExtension)"), at: name,
                hint: "give the file the usual end of its format")
        }
    }

    private static func checkAlike(_ sources: [any ArraySource]) throws(ArrayError) {
        let first = sources[0]
        for source in sources.dropFirst() {
            func text(_ source: any ArraySource) -> String {
                "samples of \(source.shape.map(String.init).joined(separator: " × ")), "
                    + source.type.rawValue
                    + (source.inputNames.isEmpty ? "" : " (\(NameList(source.inputNames)))")
            }
            guard text(source) == text(first) else {
                throw ArrayError(
                    .mismatch(expected: "\(text(first)), as \(first.name)", found: text(source)),
                    at: source.name, hint: "bring all sources to one form")
            }
        }
    }

    // MARK: What a sample is

    private static func sample(
        of source: any ArraySource, _ configuration: ArrayConfiguration
    ) throws(ArrayError) -> ArraySample {
        var shape = source.shape
        let guess: ArraySample.Kind? =
            switch shape.count {
            case 1: .vector
            case 2: source.type == .uint8 ? .image : .signal
            case 3: .image
            default: nil
            }
        let axes: [ArraySample.Kind: [Int]] = [.image: [2, 3], .signal: [2], .vector: [1, 2, 3]]
        guard let kind = configuration.kind ?? guess, axes[kind]?.contains(shape.count) == true
        else {
            throw ArrayError(
                .invalid(
                    expected:
                        "samples of the axes of \(configuration.kind?.rawValue ?? "an image")",
                    found:
                        "\(shape.count) axes (\(shape.map(String.init).joined(separator: " × ")))"),
                at: source.name, hint: "say what a sample is with kind=image, signal or vector")
        }
        switch kind {
        case .vector: shape = [shape.reduce(1, *)]
        case .signal where configuration.channels != .last: shape.reverse()
        case .image where shape.count == 3 && configuration.channels == .first:
            shape = [shape[1], shape[2], shape[0]]
        default: break
        }
        if configuration.image.size != nil, !(source is ImageFolder) {
            throw ArrayError(
                .invalid(expected: "no size for arrays", found: "image.size"), at: source.name,
                hint: "only images of a folder are scaled: scale the array before")
        }
        if configuration.rotations != .none, kind != .image || shape[0] != shape[1] {
            throw ArrayError(
                .invalid(
                    expected: "square images for rotations",
                    found: "\(kind.rawValue) of \(shape.map(String.init).joined(separator: " × "))"),
                at: "rotations",
                hint: "leave rotations out, or bring images to a square with --size")
        }
        let method = configuration.normalization
        if method == .unit || configuration.image.inverts, source.type != .uint8 {
            throw ArrayError(
                .invalid(expected: "bytes", found: "other numbers"),
                at: method == .unit ? "normalization" : "image.invert",
                hint: "store values from 0 to 255 as unsigned bytes, or take normalization=standard"
            )
        }
        return ArraySample(kind: kind, shape: shape, type: source.type)
    }

    // MARK: Labels

    /// A column of all sources: names in the order in which they come first.
    private static func joined(
        _ sources: [any ArraySource], _ column: (any ArraySource) throws -> LabelColumn
    ) throws -> LabelColumn {
        let columns = try sources.map(column)
        guard var all = columns.first, columns.count > 1 else { return columns[0] }
        var places = Dictionary(
            all.names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        for column in columns.dropFirst() {
            let own = column.names.map { name in
                if let place = places[name] { return place }
                let place = Int32(all.names.count)
                places[name] = place
                all.names.append(name)
                return place
            }
            all.indices += column.indices.map { own[Int($0)] }
        }
        return all
    }

    private static func groups(
        _ sources: [any ArraySource], _ configuration: ArrayConfiguration
    ) throws -> LabelColumn? {
        if let groups = configuration.groups {
            return try joined(sources) {
                try $0.column(groups, names: configuration.groupNames, setting: "groups")
            }
        }
        guard sources.allSatisfy({ $0 is ImageFolder }) else { return nil }
        return try joined(sources) {
            try $0.column(ImageFolder.groups, names: nil, setting: "groups")
        }
    }

    /// What the split goes by, sample by sample.
    private static func values(
        _ sources: [any ArraySource], _ configuration: ArrayConfiguration
    ) throws -> LabelColumn? {
        switch configuration.split.effectiveBasis {
        case .column:
            return try joined(sources) {
                try $0.column(configuration.split.column ?? "", names: nil, setting: "split.column")
            }
        case .source:
            return try joined(sources) { source in
                let name = URL(filePath: source.name).deletingPathExtension().lastPathComponent
                return LabelColumn(
                    texts: Array(repeating: name, count: source.count), order: { $0 < $1 })
            }
        case .member, .group: return nil
        }
    }

    /// The classes or tasks, with what their samples agree on.
    private static func members(
        _ labels: LabelColumn, _ groups: LabelColumn?, _ values: LabelColumn?, noun: String
    ) throws(ArrayError) -> [(member: ArrayMember, value: String)] {
        var members = labels.names.map { (member: ArrayMember(name: $0, count: 0), value: "") }
        func agree(
            _ column: LabelColumn?, _ setting: String
        ) throws(ArrayError) -> [Int32?] {
            var own = [Int32?](repeating: nil, count: members.count)
            guard let column else { return own }
            for (sample, label) in labels.indices.enumerated() {
                let value = column.indices[sample]
                if let other = own[Int(label)], other != value {
                    throw ArrayError(
                        .inTwoSplits(
                            "\(noun) \(labels.names[Int(label)])", one: column.names[Int(other)],
                            other: column.names[Int(value)]), at: setting,
                        object: "sample \(sample)",
                        hint:
                            "all samples of a \(noun) have one value: name another column, or give "
                            + "classes of different groups different names")
                }
                own[Int(label)] = value
            }
            return own
        }
        let ownGroups = try agree(groups, "groups")
        let ownValues = try agree(values, "split")
        for label in labels.indices { members[Int(label)].member.count += 1 }
        for index in members.indices {
            if let group = ownGroups[index], let groups {
                members[index].member.group = groups.names[Int(group)]
            }
            if let value = ownValues[index], let values {
                members[index].value = values.names[Int(value)]
            }
        }
        return members
    }
}

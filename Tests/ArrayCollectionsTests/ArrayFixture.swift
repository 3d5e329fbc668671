import ArrayCollections
import Documents
import Foundation
import HDF5
import MetaLearning
import RasterImages
import SeededRandom
import TestSupport

/// Small collections of labeled arrays for tests.
enum ArrayFixture {
    /// Images of 4 × 4 bytes in an HDF5 file: class `c` has the value `c` in its first pixels, and
    /// the place of a sample in its class in the others; classes 3 and 5, group 0, 1, 2 of some.
    static func images(
        to url: URL, classes: Int = 12, samples: Int = 6, sorted: Bool = false
    ) throws {
        var order = (0..<classes * samples).map { ($0 / samples, $0 % samples) }
        if !sorted {
            var generator = SeededGenerator(seed: 5)
            order = generator.shuffled(order)
        }
        let file = try OpenFile.creating(url)
        let count = order.count
        func create(_ name: String, _ values: [Int32]) throws {
            try file.createDataset(
                name, values: values, shape: [count], layout: .contiguous)
        }
        try file.createDataset(
            "image",
            values: order.flatMap { label, sample -> [UInt8] in
                let head = [UInt8(label & 255), UInt8(label >> 8), UInt8(sample)]
                return head + (3..<16).map { UInt8($0) }
            }, shape: [count, 4, 4], layout: .compressed(chunk: [7, 4, 4], level: 4))
        try create("label", order.map { Int32($0.0) })
        try create("group", order.map { Int32($0.0 % 3) })
        try create("background", order.map { Int32($0.0 < classes * 2 / 3 ? 1 : 0) })
        try file.close()
    }

    /// A collection of those images.
    static func collection(
        in folder: URL, classes: Int = 12, samples: Int = 6,
        _ change: (inout ArrayConfiguration) -> Void = { _ in }
    ) throws -> ArrayCollection {
        let source = folder.appending(path: "images.h5")
        try images(to: source, classes: classes, samples: samples)
        var configuration = ArrayConfiguration()
        configuration.labels = "label"
        configuration.groups = "group"
        configuration.split.column = "background"
        change(&configuration)
        let url = folder.appending(path: "study.json")
        _ = try ArrayCollectionBuilder(configuration).build(from: [source], to: url)
        return try ArrayCollection.open(url)
    }

    /// Training settings with episodes.
    static func settings(
        _ change: (inout TrainingConfiguration.FewShot) -> Void = { _ in }
    ) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        var fewShot = TrainingConfiguration.FewShot()
        fewShot.ways = 3
        fewShot.shots = 2
        fewShot.queries = 3
        fewShot.tasks = 5
        fewShot.episodes = 4
        change(&fewShot)
        configuration.fewShot = fewShot
        return configuration
    }

    /// A table of tasks: `y = a sin(x + b)`, with names and a column that nobody needs.
    static func table(tasks: Int = 10, rows: Int = 20) -> String {
        var generator = SeededGenerator(seed: 9)
        var text = "site,device,x,other,y,z\n"
        for task in 0..<tasks {
            let (a, b) = (generator.uniform(in: 0.5..<3), generator.uniform(in: 0..<3))
            for _ in 0..<rows {
                let x = generator.uniform(in: -3..<3)
                let y = a * (x + b) / (1 + x * x)
                text += "s\(task % 2),d\(task),\(x),1,\(y),\(10 * y + 5)\n"
            }
        }
        return text
    }

    /// A collection of that table.
    static func regression(
        in folder: URL, _ change: (inout ArrayConfiguration) -> Void = { _ in }
    ) throws -> ArrayCollection {
        let source = folder.appending(path: "table.csv")
        try Data(table().utf8).write(to: source)
        var configuration = ArrayConfiguration()
        configuration.task = "device"
        configuration.groups = "site"
        configuration.inputs = ["x"]
        configuration.targets = ["y", "z"]
        change(&configuration)
        let url = folder.appending(path: "table.json")
        _ = try ArrayCollectionBuilder(configuration).build(from: [source], to: url)
        return try ArrayCollection.open(url)
    }
}

extension Episode {
    /// The windows of a set as rows.
    static func rows(_ windows: WindowSet) -> [[Float]] {
        windows.starts.map { start in
            let first = start * windows.channelCount
            return Array(windows.signal[first..<first + windows.windowWidth])
        }
    }
}

// From a laboratory's folder to a task collection, as the README shows it.

import Foundation
import MyoTask

let archive = RecordingArchive(folder: URL(filePath: "archive"))
let report = try ArchiveConversion(
    inputs: [URL(filePath: "lab")], archive: archive, registry: .standard
).run()
print("\(report.items.count) files, \(report.refusedCount) refused")

let configuration = CollectionConfiguration(
    window: WindowSettings(length: .milliseconds(200), stride: .milliseconds(20)),
    patients: PatientSplit(validation: .count(1), test: .count(2)), seed: 45)
let built = try CollectionBuilder(configuration: configuration)
    .build(from: archive, to: URL(filePath: "study.json"))
print("\(built.manifest.tasks.count) tasks")

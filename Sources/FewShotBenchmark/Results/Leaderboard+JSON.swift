package import Documents
private import EMGSignal
private import Statistics

extension Leaderboard {
    /// The leaderboard for programs.
    ///
    /// - Parameter versions: The versions of the software, by name.
    /// - Returns: The protocol, the data, and every cell.
    package func document(versions: [String: String]) -> DocumentValue {
        .object([
            "protocol": run.settings.document,
            "data": .object([
                "people": .strings(run.people.people.map(\.name)),
                "classes": .strings(run.people.classNames),
                "channels": .integer(run.people.channels),
                "signal": .string(run.people.nature.rawValue),
                "sha256": .string(run.people.digest),
                "left_out": .strings(run.people.leftOut.map(\.description)),
            ]),
            "software": .object(
                sorted: versions.merging(["myotask": SoftwareVersion.text]) { $1 }
                    .mapValues { .string($0) }),
            "reference": .string(reference),
            "cells": .array(cells.map(\.document)),
            "differences": .array(differences.map(\.document)),
            "choices": .array(
                run.choices.map {
                    .object([
                        "method": .string($0.method), "name": .string($0.choice.name),
                        "value": .string($0.choice.value), "folds": .integer($0.folds),
                    ])
                }),
            "failures": .array(
                run.failures.map {
                    .object(["method": .string($0.method), "reason": .string($0.reason)])
                }),
        ])
    }
}

extension PeopleInterval {
    fileprivate var document: DocumentValue { .numbers([low, high]) }
}

extension Leaderboard.Cell {
    fileprivate var document: DocumentValue {
        .object(known: [
            "method": .string(method), "setting": .integer(setting),
            "accuracy": .number(accuracy), "interval": interval?.document,
            "worst": .number(worst), "loss": .number(loss),
            "calibration_error": .number(calibrationError),
            "expectation_error": expectationError.map { .number($0) },
            "seconds": .number(seconds), "gradients": .number(gradients),
            "broken": .integer(brokenCount),
            "people": .object(
                people.map { DocumentValue.Member(key: $0.name, value: .number($0.accuracy)) }),
        ])
    }
}

extension Leaderboard.Difference {
    fileprivate var document: DocumentValue {
        .object(known: [
            "method": .string(method), "setting": .integer(setting), "mean": .number(mean),
            "interval": interval?.document, "p": probability.map { .number($0) },
        ])
    }
}

/// A run with what its methods predicted.
struct PredictedRun: Sendable {
    let run: RunRecord
    let predictions: TestPredictions
    let setting: TestSetting
}

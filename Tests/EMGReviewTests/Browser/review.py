"""Reviews an archive in headless Chromium as a person would, and says what the page shows.

usage: review.py ADDRESS FOLDER   downloads go to FOLDER; prints one JSON object
"""
import json
import os
import shutil
import sys

from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.ui import WebDriverWait

address, folder = sys.argv[1:]
options = webdriver.ChromeOptions()
options.binary_location = shutil.which("chromium")
for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                 "--window-size=1366,900", f"--user-data-dir={folder}/profile"]:
    options.add_argument(argument)
options.add_experimental_option("prefs", {"download.default_directory": folder})
options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
wait = WebDriverWait(driver, 60)
seen = {}


def text(identifier):
    return driver.find_element(By.ID, identifier).text


def until(condition, what):
    try:
        wait.until(lambda _: condition())
    except Exception:
        driver.save_screenshot(os.path.join(folder, "failed.png"))
        raise SystemExit(f"waited in vain for {what}: title {text('title')!r}, facts "
                         f"{text('facts')!r}, said {said()!r}, "
                         f"log {driver.get_log('browser')}")


def said():
    return driver.find_element(By.ID, "live").get_attribute("textContent")


def press(*keys):
    ActionChains(driver).send_keys(*keys).perform()


def shown():
    """The recording that is open: its title and its facts belong together."""
    return text("title")


def open_next(key, verdict):
    before = shown()
    press(key)
    until(lambda: said().startswith(f"{verdict}: {before}"), f"{verdict} {before}")
    until(lambda: shown() not in (before, "…"), f"the recording after {before}")
    return before


try:
    driver.get(address)
    until(lambda: shown() not in ("", "…"), "the first recording")
    until(lambda: "reviewed" in text("progress-text"), "the progress")
    seen["address"] = driver.current_url
    seen["list"] = [button.get_attribute("data-id") for button in
                    driver.find_elements(By.CSS_SELECTOR, "#list li button")]
    seen["labels"] = [button.get_attribute("aria-label") for button in
                      driver.find_elements(By.CSS_SELECTOR, "#list li button")]

    # Three recordings by keyboard, the third taken back and approved instead.
    seen["approved"] = [open_next("a", "Approved")]
    seen["rejected"] = [open_next("r", "Rejected")]
    third = open_next("r", "Rejected")
    press("u")
    until(lambda: said() == f"Undone: reject of {third}", "the undoing")
    until(lambda: shown() == third, "the recording that was undone")
    seen["after undo"] = text("progress-text")

    # Relabel: the last label but one by keyboard, then the edge of a label by mouse.
    until(lambda: len(driver.find_elements(By.CSS_SELECTOR, "#runs button")) > 2, "the labels")
    runs = len(driver.find_elements(By.CSS_SELECTOR, "#runs button"))
    press(",")
    press(",")
    until(lambda: driver.find_element(By.ID, "range-start").get_attribute("value") != "",
          "the chosen label")
    press("1")
    until(lambda: "relabel" in text("history"), "the relabeling")
    until(lambda: len(driver.find_elements(By.CSS_SELECTOR, "#runs button")) < runs,
          "the labels that became one")
    place = driver.execute_async_script("""
        const done = arguments[0];
        const id = document.getElementById("title").textContent;
        fetch("/api/recording?id=" + encodeURIComponent(id)).then((r) => r.json()).then((r) => {
            const box = document.getElementById("plot").getBoundingClientRect();
            const x = 74 + r.runs[1][0] / r.samples * (box.width - 74);
            done({x, y: 12, height: box.height, width: box.width, edge: r.runs[1][0]});
        });""")
    plot = driver.find_element(By.ID, "plot")
    (ActionChains(driver)
     .move_to_element_with_offset(plot, round(place["x"] - place["width"] / 2),
                                  round(place["y"] - place["height"] / 2))
     .click_and_hold().move_by_offset(15, 0).move_by_offset(10, 0).release().perform())
    until(lambda: text("history").count("relabel") == 2, "the edge that was dragged")
    seen["edge"] = place["edge"]

    # Exclude a range by form, and a channel.
    for field, value in [("range-start", "1"), ("range-end", "1.5")]:
        element = driver.find_element(By.ID, field)
        element.clear()
        element.send_keys(value)
    driver.find_element(By.ID, "exclude-range").click()
    until(lambda: "exclude" in text("history"), "the exclusion")
    driver.find_elements(By.CSS_SELECTOR, "#channels input")[1].click()
    until(lambda: "exclude channel" in text("history"), "the excluded channel")
    driver.find_element(By.ID, "title").click()
    press("n")
    driver.find_element(By.ID, "note-field").send_keys("electrode 2 was loose")
    (ActionChains(driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL)
     .perform())
    until(lambda: text("note-text") == "electrode 2 was loose", "the note")
    seen["edited"] = third
    seen["approved"].append(open_next("a", "Approved"))
    seen["approved"].append(open_next("a", "Approved"))
    seen["progress"] = text("progress-text")

    # The collection.
    press("m")
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#c-patients select"), "the patients")
    for control in driver.find_elements(By.CSS_SELECTOR, "#c-patients select"):
        if control.get_attribute("data-patient") == third.split("/")[0]:
            Select(control).select_by_value("test")
    field = driver.find_element(By.ID, "c-length")
    field.clear()
    field.send_keys("250")
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#c-preview table")
          and driver.find_element(By.ID, "c-make").is_enabled(), "the preview")
    seen["preview"] = text("c-preview")
    driver.find_element(By.ID, "c-yaml").click()
    until(lambda: any(name.endswith(".yaml") for name in os.listdir(folder)),
          "the configuration")
    driver.find_element(By.ID, "c-make").click()
    until(lambda: driver.find_elements(By.ID, "c-made"), "the collection")
    seen["made"] = text("c-made")
    seen["log"] = [entry["message"] for entry in driver.get_log("browser")
                   if entry["level"] == "SEVERE"]
    seen["yaml"] = next(name for name in os.listdir(folder) if name.endswith(".yaml"))
    print(json.dumps(seen))
finally:
    driver.quit()

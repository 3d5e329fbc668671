"""Labels recordings in headless Chromium as a person would, and says what the page shows.

usage: labels.py ADDRESS FOLDER TABLE   downloads go to FOLDER; prints one JSON object
"""
import json
import os
import shutil
import sys

from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.ui import WebDriverWait

address, folder, table = sys.argv[1:]
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


def find(identifier):
    return driver.find_element(By.ID, identifier)


def text(identifier):
    return find(identifier).text


def said():
    return find("live").get_attribute("textContent")


def until(condition, what):
    try:
        wait.until(lambda _: condition())
    except Exception:
        driver.save_screenshot(os.path.join(folder, "failed.png"))
        raise SystemExit(f"waited in vain for {what}: title {text('title')!r}, proposal "
                         f"{text('proposal-text')!r}, said {said()!r}, "
                         f"log {driver.get_log('browser')}")


def press(*keys):
    ActionChains(driver).send_keys(*keys).perform()


def leave():
    """Takes the focus out of a field, so that keys are the page's."""
    find("title").click()


def texts(selector):
    """The first lines of some elements, all at once: the page may render them anew meanwhile."""
    return driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.split('\\n')[0])",
        selector)


def runs():
    return texts("#runs button")


def type_range(start, end):
    for field, value in [("range-start", start), ("range-end", end)]:
        element = find(field)
        element.clear()
        element.send_keys(value)
    leave()


try:
    driver.get(address)
    until(lambda: text("title") not in ("", "…"), "the first recording")
    seen["unlabeled"] = [text("title"), text("runs")]

    # Onsets: by keyboard, previewed, discarded, then with a class and rest, and accepted.
    press("o")
    until(lambda: "3 movements" in text("proposal-text"), "the movements")
    seen["uncued"] = driver.find_element(By.ID, "proposal-warnings").text
    press(Keys.ESCAPE)
    until(lambda: not find("proposal").is_displayed(), "the proposal that was discarded")
    find("detect-onsets").click()
    until(lambda: find("proposal").is_displayed(), "the proposal")
    find("onset-class").send_keys("grip")
    find("onset-rest").send_keys("still")
    # Until what was typed last has been previewed, nothing can be accepted.
    until(lambda: "grip 3 (new class), still 1 (new class)" in text("proposal-text")
          and find("accept").is_enabled(), "the labels proposed")
    find("accept").click()
    until(lambda: runs().count("grip (edited)") == 3, "the labels that were accepted")
    seen["accepted"] = runs()

    # A new class by keyboard.
    type_range("0.5", "1")
    press("l")
    until(lambda: find("class-dialog").is_displayed(), "the dialog for another class")
    find("class-field").send_keys("pinch", Keys.ENTER)
    until(lambda: "pinch (edited)" in runs(), "the new class")

    # A range by mouse over the band of labels, then a class of another recording.
    plot = find("plot")
    box = plot.rect
    start = 74 + 0.88 * (box["width"] - 74)
    (ActionChains(driver)
     .move_to_element_with_offset(plot, round(start - box["width"] / 2),
                                  round(12 - box["height"] / 2))
     .click_and_hold().move_by_offset(20, 0).move_by_offset(20, 0).release().perform())
    until(lambda: find("range-start").get_attribute("value") != "", "the range")
    other = next(button for button in driver.find_elements(By.CSS_SELECTOR, "#paint button.other")
                 if button.text.startswith("close"))
    other.click()
    until(lambda: "close (edited)" in runs(), "the class of another recording")
    seen["painted"] = sorted(set(runs()))
    leave()
    press("u")
    until(lambda: "close (edited)" not in runs(), "the undoing")

    # A table of events for the second recording, over the labels that it has.
    press(Keys.ARROW_RIGHT)
    until(lambda: text("title") == "p2/day1/a", "the second recording")
    find("events-file").send_keys(table)
    until(lambda: "pinch 1 (new class)" in text("proposal-text"), "the events proposed")
    seen["proposed"] = text("proposal-text")
    find("events-replace").click()
    until(lambda: "unlabeled 1" in text("proposal-text") and find("accept").is_enabled(), "labels taken away")
    find("accept").click()
    until(lambda: "pinch (edited)" in runs(), "the events accepted")
    seen["imported"] = runs()

    # Other names for a person; the list follows.
    leave()
    press("p")
    until(lambda: find("names-dialog").is_displayed(), "the dialog for names")
    Select(find("names-scope")).select_by_value("patient")
    for field, value in [("names-patient", "p1"), ("names-session", "day2")]:
        find(field).clear()
        find(field).send_keys(value)
    find("names-session").send_keys(Keys.ENTER)
    until(lambda: text("title") == "p1/day2/a", "the other name")
    until(lambda: len(texts("#list h3")) == 1, "one person")
    seen["people"] = texts("#list h3")

    # The report, in a window of its own.
    leave()
    window = driver.current_window_handle
    press("v")
    until(lambda: len(driver.window_handles) == 2, "the report's window")
    driver.switch_to.window(next(name for name in driver.window_handles if name != window))
    until(lambda: driver.find_elements(By.TAG_NAME, "svg"), "the report's drawings")
    seen["report"] = {"title": driver.title,
                      "drawings": len(driver.find_elements(By.TAG_NAME, "svg"))}
    driver.close()
    driver.switch_to.window(window)

    # What is not changed of a configuration stays as it is.
    press("m")
    until(lambda: driver.find_elements(By.CSS_SELECTOR, "#c-preview table")
          and find("c-make").is_enabled(), "the preview")
    seen["patients"] = {control.get_attribute("data-patient"): Select(control)
                        .first_selected_option.text for control in
                        driver.find_elements(By.CSS_SELECTOR, "#c-patients select")}
    find("c-yaml").click()
    until(lambda: any(name.endswith(".yaml") for name in os.listdir(folder)),
          "the configuration")
    seen["yaml"] = next(name for name in os.listdir(folder) if name.endswith(".yaml"))
    find("c-make").click()
    until(lambda: driver.find_elements(By.ID, "c-made"), "the collection")
    seen["made"] = text("c-made")
    seen["log"] = [entry["message"] for entry in driver.get_log("browser")
                   if entry["level"] == "SEVERE"]
    print(json.dumps(seen))
finally:
    driver.quit()
